package io.jacobi.nn.check.layer;

import io.jacobi.nn.Pass;
import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Square affine layers, 5 to 5, each with one mistake. */
public enum WrongAffine implements SpoiledAffine {
    TRANSPOSES_THE_WEIGHT_GRADIENT {
        @Override
        public void backward(Pass p) {
            MatMul.addATb(p.scratch(), p.x(), p.dy(), p.gradient("weight"));
            biasGradient(p);
            inputGradient(p);
        }
    },
    FORGETS_THE_BIAS_GRADIENT {
        @Override
        public void backward(Pass p) {
            weightGradient(p);
            inputGradient(p);
        }
    },
    FLIPS_THE_SIGN_OF_THE_INPUT_GRADIENT {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            SpoiledAffine.scaleDx(p, -1);
        }
    },
    DOES_NOTHING_BACKWARD {
        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                Vectors.fill(p.scratch(), p.dx(), 0);
            }
        }
    },
    OVERWRITES_THE_WEIGHT_GRADIENT {
        @Override
        public void backward(Pass p) {
            MatMul.aTb(p.scratch(), p.dy(), p.x(), p.gradient("weight"));
            biasGradient(p);
            inputGradient(p);
        }
    },
    CHANGES_DY {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Vectors.scale(p.scratch(), 2, p.dy());
        }
    },
    CHANGES_X {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Vectors.fill(p.scratch(), p.x(), 1);
        }
    },
    CHANGES_Y {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Vectors.fill(p.scratch(), p.y(), 1);
        }
    },
    CHANGES_THE_WEIGHTS_BACKWARD {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Span bias = p.scratch().span(p.value("bias"));
            bias.set(0, bias.get(0) + 1);
        }
    },
    ADDS_TO_DX {
        @Override
        public void backward(Pass p) {
            weightGradient(p);
            biasGradient(p);
            MatMul.addAb(p.scratch(), p.dy(), p.value("weight"), p.dx());
        }
    },
    LEAVES_THE_LAST_OUTPUT_UNWRITTEN {
        @Override
        public void forward(Pass p) {
            double stale = last(p, p.y());
            RIGHT.forward(p);
            setLast(p, p.y(), stale);
        }
    },
    LEAVES_THE_LAST_INPUT_GRADIENT_UNWRITTEN {
        @Override
        public void backward(Pass p) {
            double stale = last(p, p.dx());
            RIGHT.backward(p);
            setLast(p, p.dx(), stale);
        }
    },
    IS_WRONG_IN_FLOAT_ONLY {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            if (p.x().dataType() == DataType.FLOAT) {
                SpoiledAffine.scaleDx(p, 1.01);
            }
        }
    },
    HAS_A_NAN_IN_THE_WEIGHT_GRADIENT {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            setLast(p, p.gradient("weight"), Double.NaN);
        }
    };

    static void weightGradient(Pass p) {
        MatMul.addATb(p.scratch(), p.dy(), p.x(), p.gradient("weight"));
    }

    static void biasGradient(Pass p) {
        Rows.addSum(p.scratch(), p.dy(), p.gradient("bias"));
    }

    static void inputGradient(Pass p) {
        if (p.needsInputGradient()) {
            MatMul.ab(p.scratch(), p.dy(), p.value("weight"), p.dx());
        }
    }

    static double last(Pass p, INDArray array) {
        Span span = p.scratch().span(array);
        return span.get(span.length() - 1);
    }

    static void setLast(Pass p, INDArray array, double value) {
        Span span = p.scratch().span(array);
        span.set(span.length() - 1, value);
    }
}
