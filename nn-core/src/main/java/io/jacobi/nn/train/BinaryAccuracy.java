package io.jacobi.nn.train;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;

/**
 * The share of outputs that give the right answer to a question with yes or no, from 0 to 1. Each output counts on its
 * own: with several labels per example it is the share of right labels, and not of examples whose labels are all right.
 *
 * <pre>
 * yes: z &gt; 0 for logits, p &gt; 0.5 for probabilities     t &gt; 0.5 for targets, which are numbers from 0 to 1
 * </pre>
 *
 * A NaN is never right. Keras's {@code BinaryAccuracy}, whose threshold of 0.5 is that of probabilities.
 *
 * @param probabilities whether the outputs are probabilities; otherwise they are logits, as {@link BinaryCrossEntropy}
 *     takes them
 */
public record BinaryAccuracy(boolean probabilities) implements Metric {

    private static final String FIX =
            "map the labels to 0 and 1, such as -1 to 0; for regression use no accuracy but the loss";

    /** For logits: an output above 0 is a yes. */
    public BinaryAccuracy() {
        this(false);
    }

    /** For a model that ends with Sigmoid, or that learns 0 and 1 by a squared error: an output above 0.5 is a yes. */
    public static BinaryAccuracy ofProbabilities() {
        return new BinaryAccuracy(true);
    }

    @Override
    public String name() {
        return "binary accuracy";
    }

    /**
     * Accepts a target for each output; a single output may also have a plain number as its target.
     *
     * @throws ShapeException otherwise
     */
    @Override
    public void check(Shape prediction, Shape target) {
        boolean number = target.rank() == 0 && prediction.size() == 1;
        if (!number && !target.equals(prediction)) {
            throw new ShapeException(
                    "binary accuracy cannot be judged",
                    "a target of 0 or 1 for each output, " + prediction,
                    target.toString(),
                    "use Accuracy if the target is the index of a class, or give each output a target");
        }
    }

    /**
     * Refuses log-probabilities, and probabilities where logits are expected.
     *
     * @throws IllegalArgumentException if the model ends with them
     */
    @Override
    public void check(OutputKind output) {
        if (output == OutputKind.LOG_PROBABILITIES) {
            throw new IllegalArgumentException("a log-probability is never above 0, so no output would be a yes"
                    + "\n  expected " + (probabilities ? "probabilities" : "logits")
                    + "\n  received log-probabilities"
                    + "\n  fix: use Accuracy, because the outputs are classes");
        }
        if (output == OutputKind.PROBABILITIES && !probabilities) {
            throw new IllegalArgumentException(
                    "an output above 0 is taken for a yes, and probabilities are never below 0"
                            + "\n  expected logits\n  received probabilities"
                            + "\n  fix: use BinaryAccuracy.ofProbabilities()");
        }
    }

    /**
     * Refuses a loss of Jacobi's that gives the outputs the other meaning.
     *
     * @throws IllegalArgumentException if it does
     */
    @Override
    public void check(Loss loss) {
        if (probabilities && loss instanceof BinaryCrossEntropy) {
            throw new IllegalArgumentException(
                    "The metric binary accuracy takes an output above 0.5 for a yes, and with "
                            + loss + " the outputs are logits, whose border is 0\n  expected probabilities"
                            + "\n  fix: use new BinaryAccuracy()");
        }
        boolean fitsNumbers =
                loss instanceof MeanSquaredError || loss instanceof MeanAbsoluteError || loss instanceof Huber;
        if (!probabilities && fitsNumbers) {
            throw new IllegalArgumentException("The metric binary accuracy takes an output above 0 for a yes, and with "
                    + loss + " the outputs approach 0 and 1, whose border is 0.5\n  expected logits"
                    + "\n  fix: use BinaryAccuracy.ofProbabilities(), or the loss BinaryCrossEntropy");
        }
    }

    @Override
    public Accumulator start() {
        return new ShareOfRight(new YesOrNo(probabilities ? 0.5 : 0));
    }

    private record YesOrNo(double border) implements ShareOfRight.Judge {

        @Override
        public int right(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
            int right = 0;
            for (int i = 0; i < outputs; i++) {
                boolean yes = Targets.isYes("binary accuracy", t[tStart + i], index, FIX);
                // NaN is neither
                boolean hit = yes ? y[yStart + i] > border : y[yStart + i] <= border;
                right += hit ? 1 : 0;
            }
            return right;
        }

        @Override
        public int judged(int outputs) {
            return outputs;
        }
    }
}
