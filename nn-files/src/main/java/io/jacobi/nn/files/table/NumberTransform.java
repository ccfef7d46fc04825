package io.jacobi.nn.files.table;

/** A function of a number before it is scaled. */
public enum NumberTransform {
    /** The number itself. */
    IDENTITY {
        @Override
        public double apply(double x) {
            return x;
        }

        @Override
        public double invert(double y) {
            return y;
        }
    },
    /** sign(x) log(1 + |x|), for amounts that span several powers of ten; 0 stays 0 and the sign is kept. */
    LOG {
        @Override
        public double apply(double x) {
            return Math.copySign(StrictMath.log1p(Math.abs(x)), x);
        }

        @Override
        public double invert(double y) {
            return Math.copySign(StrictMath.expm1(Math.abs(y)), y);
        }
    };

    /** The function; NaN gives NaN. */
    public abstract double apply(double x);

    /** The inverse function. */
    public abstract double invert(double y);
}
