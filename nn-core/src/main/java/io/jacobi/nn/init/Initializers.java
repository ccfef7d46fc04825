package io.jacobi.nn.init;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.init.VarianceScaling.Distribution;
import io.jacobi.nn.init.VarianceScaling.Fan;

/** Factories of the initializers in common use. */
public final class Initializers {

    private Initializers() {}

    /** All zero. */
    public static Initializer zeros() {
        return new Constant(0);
    }

    /** All {@code value}. */
    public static Initializer constant(double value) {
        return new Constant(value);
    }

    /** Uniform in [{@code low}, {@code high}). */
    public static Initializer uniform(double low, double high) {
        return new Uniform(low, high);
    }

    /** Normal with this mean and standard deviation, not truncated. */
    public static Initializer normal(double mean, double deviation) {
        return new Normal(mean, deviation);
    }

    /**
     * Normal with variance 1 / fan-in: keeps the variance through a linear or SELU layer. LeCun et al. 1998, section
     * 4.6.
     */
    public static Initializer lecunNormal() {
        return new VarianceScaling(1, Fan.IN, Distribution.NORMAL);
    }

    /** Uniform with variance 1 / fan-in. LeCun et al. 1998, section 4.6. */
    public static Initializer lecunUniform() {
        return new VarianceScaling(1, Fan.IN, Distribution.UNIFORM);
    }

    /** Normal with variance 2 / (fan-in + fan-out): for tanh and sigmoid. Glorot and Bengio 2010, equation 12. */
    public static Initializer glorotNormal() {
        return new VarianceScaling(1, Fan.AVERAGE, Distribution.NORMAL);
    }

    /** Uniform with variance 2 / (fan-in + fan-out). Glorot and Bengio 2010, equation 16. */
    public static Initializer glorotUniform() {
        return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
    }

    /** Normal with variance 2 / fan-in: for ReLU, which halves the second moment. He et al. 2015, equation 10. */
    public static Initializer heNormal() {
        return new VarianceScaling(2, Fan.IN, Distribution.NORMAL);
    }

    /** Uniform with variance 2 / fan-in. He et al. 2015. */
    public static Initializer heUniform() {
        return new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
    }
}
