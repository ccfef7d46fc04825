package io.jacobi.nn.check.layer;

import io.jacobi.nn.Pass;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.math.Vectors;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A square affine layer, 5 to 5, that in a step changes or allocates something that it must not. */
enum StepBug implements SpoiledAffine {
    CHANGES_X_FORWARD {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            PlantedBug.change(p, p.x(), 0, 1);
        }
    },
    NORMALIZES_ITS_WEIGHTS_FORWARD {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            Vectors.scale(p.scratch(), 0.5, p.value("weight"));
        }
    },
    CLEARS_ITS_GRADIENT_WHEN_PREDICTING {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            if (!p.training()) {
                Vectors.fill(p.scratch(), p.gradient("bias"), 0);
            }
        }
    },
    WRITES_A_DX_THAT_IS_NOT_NEEDED {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Vectors.scale(p.scratch(), 1, p.dx());
        }
    },
    MAKES_AN_ARRAY {
        @Override
        public void backward(Pass p) {
            INDArray sum = Memory.vector(p.dy().dataType(), 5);
            Vectors.fill(p.scratch(), sum, 0);
            Rows.addSum(p.scratch(), p.dy(), sum);
            RIGHT.backward(p);
        }
    },
    MAKES_A_VIEW {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            Vectors.scale(p.scratch(), 1, Memory.view(p.y(), 0, p.batch() * 5L));
        }
    },
    MAKES_A_POINTER_AND_FREES_IT {
        @Override
        public void forward(Pass p) {
            try (FloatPointer tile = new FloatPointer(5)) {
                tile.put(0, 1);
            }
            RIGHT.forward(p);
        }
    }
}
