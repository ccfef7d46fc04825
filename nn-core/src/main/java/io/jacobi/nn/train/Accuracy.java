package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Loss;

/**
 * The share of examples whose largest output is the target's class, from 0 to 1. Targets are class indices, or rows of
 * probabilities whose largest element is the class. If several outputs are equally large, the first counts as the
 * largest. A NaN never does. A target that names no class, such as a regression target or a row with several labels, is
 * refused. {@link BinaryAccuracy} judges outputs that say yes or no.
 */
public record Accuracy() implements Metric {

    private static final String FIX = "use BinaryAccuracy if an example may have several labels, and for"
            + " regression no accuracy but the loss";

    @Override
    public String name() {
        return "accuracy";
    }

    /**
     * Accepts two outputs or more, with a class index or one number for each output as the target.
     *
     * @throws ShapeException otherwise; a single output, for instance, is always the largest
     */
    @Override
    public void check(Shape prediction, Shape target) {
        boolean fits = target.size() == 1 || target.size() == prediction.size();
        if (prediction.size() < 2 || !fits) {
            throw new ShapeException(
                    "accuracy cannot be judged",
                    "two outputs or more, and a class index or one number for each output as the target",
                    "outputs " + prediction + " and targets " + target,
                    prediction.size() < 2
                            ? "use BinaryAccuracy for an output that says yes or no, or one output for each class"
                            : "let the last layer have one output for each class");
        }
    }

    /**
     * Refuses {@link BinaryCrossEntropy}, with which any number of outputs may be right.
     *
     * @throws IllegalArgumentException if the model learns with it
     */
    @Override
    public void check(Loss loss) {
        if (loss instanceof BinaryCrossEntropy) {
            throw new IllegalArgumentException(
                    "The metric accuracy takes the largest output for the prediction, and with "
                            + loss + " each output is a yes or no of its own"
                            + "\n  expected a loss with which one class is right"
                            + "\n  fix: use the metric BinaryAccuracy; if exactly one class is right, the loss"
                            + " SoftmaxCrossEntropy");
        }
    }

    @Override
    public Accumulator start() {
        return new ShareOfRight(new LargestIsClass());
    }

    private static final class LargestIsClass implements ShareOfRight.Judge {

        @Override
        public int right(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
            int expected = Targets.classOf("accuracy", t, tStart, width, outputs, index, FIX);
            return Targets.largest(y, yStart, outputs) == expected ? 1 : 0;
        }

        @Override
        public int judged(int outputs) {
            return 1;
        }
    }
}
