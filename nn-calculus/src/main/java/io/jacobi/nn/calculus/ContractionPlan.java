package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The steps of a {@link ContractionProgram} as text, with the numbers of its multiplications and elements in memory.
 */
final class ContractionPlan {

    private final List<String> lines = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Long> own = new ArrayList<>();
    private final int operands;
    private final long output;
    private long multiplications;
    private long kept;
    private long peak;

    ContractionPlan(long output, int operands) {
        this.output = output;
        this.operands = operands;
        this.kept = output;
        this.peak = output;
        for (int k = 0; k < operands; k++) {
            names.add("operand " + k);
            own.add(0L);
        }
    }

    /** Adds a step that sums the indices that only one operand has. */
    void sum(int operand, String before, IndexLayout after) {
        lines.add(names.get(operand) + " is summed: " + before + "->" + after.indices());
        own.set(operand, after.length());
        keep(after.length(), 0);
    }

    /** Adds a step that multiplies two arrays. */
    void product(
            ContractionStep step, PairLayout how, IndexLayout a, IndexLayout b, IndexLayout c, boolean intoOutput) {
        long size = intoOutput ? 0 : c.length();
        names.add("result " + (names.size() - operands + 1));
        lines.add(names.get(names.size() - 1) + " of " + names.get(step.left()) + " and " + names.get(step.right())
                + ": " + a.indices() + "," + b.indices() + "->" + c.indices() + ", " + how + ", "
                + count(step.multiplications()) + " multiplications");
        multiplications = Saturated.plus(multiplications, step.multiplications());
        keep(size, how.copied());
        kept -= own.get(step.left()) + own.get(step.right());
        own.add(size);
    }

    /** Adds the step that writes the last array to the output. */
    void move(String from, String to) {
        lines.add("written to the output in one pass: " + from + "->" + to);
    }

    /** Counts {@code more} elements that are kept from now on and {@code now} elements that only this step needs. */
    private void keep(long more, long now) {
        kept = Saturated.plus(kept, more);
        peak = Math.max(peak, Saturated.plus(kept, now));
    }

    /** The multiplications of all products. */
    long multiplications() {
        return multiplications;
    }

    /** The most elements allocated at one time besides the operands: the result, intermediate results and copies. */
    long peak() {
        return peak;
    }

    /** The text of {@link Einsum#explain}: a heading with the sizes, the steps and the totals. */
    String text(ContractionSpec spec, ContractionSizes sizes) {
        StringBuilder text = new StringBuilder(spec.toString());
        String separator = "   ";
        for (int i = 0; i < spec.indices().length(); i++) {
            char index = spec.indices().charAt(i);
            text.append(separator).append(index).append(" = ").append(sizes.size(index));
            separator = ", ";
        }
        lines.forEach(line -> text.append("\n  ").append(line));
        text.append("\nmultiplications ").append(count(multiplications));
        text.append("\npeak memory     ")
                .append(count(peak))
                .append(" numbers, ")
                .append(count(output));
        return text.append(" of them the result\n").toString();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
