package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ContractionRun} will do with dense operands of given sizes, told instead of done.
 *
 * @param text a line for each step
 * @param multiplications of all products
 * @param peak the most numbers that are kept at once besides the operands: the result, what is between, and copies
 */
record ContractionPlan(String text, long multiplications, long peak) {

    static ContractionPlan of(ContractionSpec spec, ContractionSpec simple, ContractionSizes sizes) {
        Telling telling = new Telling(simple, sizes);
        telling.tell();
        long peak = sizes.product(spec.output());
        StringBuilder text = new StringBuilder(spec.toString());
        spec.indices()
                .chars()
                .forEach(c -> text.append(c == spec.indices().charAt(0) ? "   " : ", ")
                        .append((char) c)
                        .append(" = ")
                        .append(sizes.size((char) c)));
        telling.lines.forEach(line -> text.append("\n  ").append(line));
        peak = Saturated.plus(peak, telling.peak);
        text.append("\nmultiplications ").append(count(telling.multiplications));
        text.append("\npeak memory     ").append(count(peak)).append(" numbers besides the operands\n");
        return new ContractionPlan(text.toString(), telling.multiplications, peak);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** As text. */
    @Override
    public String toString() {
        return text;
    }

    /** Step by step, with a tally of what is kept besides operands and result. */
    private static final class Telling {
        private final ContractionSpec spec;
        private final ContractionSizes sizes;
        private final List<String> lines = new ArrayList<>();
        private final List<IndexLayout> arrays = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Long> own = new ArrayList<>();
        private long multiplications;
        private long kept;
        private long peak;

        Telling(ContractionSpec spec, ContractionSizes sizes) {
            this.spec = spec;
            this.sizes = sizes;
        }

        void tell() {
            if (sizes.product(spec.indices()) == 0) {
                lines.add("an index has the size 0: nothing is left to sum");
                return;
            }
            String output = spec.output();
            for (int k = 0; k < spec.operands().size(); k++) {
                String indices = spec.operands().get(k);
                arrays.add(IndexLayout.of(indices, sizes.shape(indices), sizes.relevant(indices)));
                names.add("operand " + k);
                own.add(0L);
            }
            String needed = Indices.common(sizes.relevant(output), spec.operandIndices());
            if (arrays.size() > 1) {
                sums(needed);
                products(
                        needed,
                        needed.length() == sizes.relevant(output).length()
                                && spec.deltas().isEmpty());
            } else {
                lines.add("copied, repeated or summed in one pass");
            }
        }

        private void sums(String needed) {
            List<String> left = ContractionPath.summed(
                    arrays.stream().map(IndexLayout::indices).toList(), needed);
            for (int k = 0; k < left.size(); k++) {
                String before = arrays.get(k).indices();
                if (left.get(k).length() < before.length()) {
                    arrays.set(k, IndexLayout.rowMajor(left.get(k), sizes));
                    lines.add(names.get(k) + " is summed: " + before + "->" + left.get(k));
                    own.set(k, arrays.get(k).length());
                    keep(own.get(k), 0);
                }
            }
        }

        private void products(String needed, boolean direct) {
            List<String> indices = arrays.stream().map(IndexLayout::indices).toList();
            List<ContractionStep> steps = ContractionPath.of(indices, needed, sizes);
            for (int i = 0; i < steps.size(); i++) {
                boolean last = i == steps.size() - 1;
                IndexLayout target =
                        last && direct ? IndexLayout.rowMajor(Indices.common(spec.output(), needed), sizes) : null;
                product(steps.get(i), target);
            }
        }

        private void product(ContractionStep step, @Nullable IndexLayout target) {
            IndexLayout a = arrays.get(step.left());
            IndexLayout b = arrays.get(step.right());
            PairLayout how = PairLayout.of(a, b, step.indices(), target);
            String result = target == null ? how.resultIndices() : target.indices();
            long size = sizes.product(result);
            StringBuilder line = new StringBuilder(String.format(
                    "%s and %s: %s,%s->%s",
                    names.get(step.left()), names.get(step.right()), a.indices(), b.indices(), result));
            line.append(", ")
                    .append(how)
                    .append(", ")
                    .append(count(step.multiplications()))
                    .append(" multiplications");
            lines.add(line.toString());
            multiplications = Saturated.plus(multiplications, step.multiplications());
            keep(target == null ? size : 0, how.copied());
            kept -= own.get(step.left()) + own.get(step.right());
            arrays.add(IndexLayout.rowMajor(result, sizes));
            names.add("result " + (arrays.size() - spec.operands().size()));
            own.add(target == null ? size : 0);
        }

        /** So much more is kept from now on, and so much for this moment. */
        private void keep(long more, long now) {
            kept = Saturated.plus(kept, more);
            peak = Math.max(peak, Saturated.plus(kept, now));
        }
    }
}
