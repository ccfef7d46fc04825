package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error function against values computed with forty digits (mpmath 1.3), and against its own identities. */
class ErrorFunctionTest {

    /** 1e-15 relative, as a percentage, doubled because the argument may be rounded too. */
    private static final Percentage PRECISE = Percentage.withPercentage(2e-13);

    @ParameterizedTest
    @CsvSource({
        "1e-300, 1.1283791670955126022e-300, 1.0",
        "1e-10, 1.128379167095512615e-10, 0.99999999988716208329",
        "0.1, 0.1124629160182848984, 0.8875370839817151016",
        "0.25, 0.27632639016823693299, 0.72367360983176306701",
        "0.46875, 0.49261347321793799159, 0.50738652678206200841",
        "0.46876, 0.49262253110684652927, 0.50737746889315347073",
        "0.5, 0.52049987781304653768, 0.47950012218695346232",
        "1, 0.84270079294971486934, 0.15729920705028513066",
        "1.5, 0.96610514647531072707, 0.033894853524689272933",
        "2, 0.99532226501895273416, 0.0046777349810472658379",
        "3, 0.99997790950300141456, 0.000022090496998585441373",
        "3.999, 0.99999998445525050901, 1.5544749490994991533e-8",
        "4, 0.99999998458274209972, 1.5417257900280018852e-8",
        "4.001, 0.99999998470921782675, 1.5290782173248731519e-8",
        "5, 0.99999999999846254021, 1.5374597944280348502e-12",
        "8, 1.0, 1.122429717298292708e-29",
        "15, 1.0, 7.2129941724512066666e-100",
        "20, 1.0, 5.3958656116079009289e-176",
        "26, 1.0, 5.6631924088561428465e-296"
    })
    void givesFifteenDigits(double x, double erf, double erfc) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(erf, PRECISE);
        assertThat(ErrorFunction.erfc(x)).isCloseTo(erfc, PRECISE);
        assertThat(ErrorFunction.erf(-x)).isEqualTo(-ErrorFunction.erf(x));
        assertThat(ErrorFunction.erfc(-x)).isCloseTo(1 + erf, PRECISE);
    }

    @Test
    void addsUpToOneWithItsComplement() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double x = random.nextDouble(-6, 6);

            assertThat(ErrorFunction.erf(x) + ErrorFunction.erfc(x)).isCloseTo(1, PRECISE);
        }
    }

    @Test
    void growsAsTheBellCurveSays() {
        double h = 1e-4;
        for (double x = -5; x <= 5; x += 0.015625) {
            double slope = (ErrorFunction.erf(x + h) - ErrorFunction.erf(x - h)) / (2 * h);
            double bell = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);

            // a central difference is off by h² / 6 times the third derivative, here at most 2.3
            assertThat(slope).isBetween(bell - 1e-8, bell + 1e-8);
        }
    }

    @Test
    void reachesItsLimits() {
        assertThat(ErrorFunction.erf(0)).isZero();
        assertThat(ErrorFunction.erfc(0)).isEqualTo(1);
        for (double far : new double[] {28, 1e4, 1e200, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
            assertThat(ErrorFunction.erf(far)).isEqualTo(1);
            assertThat(ErrorFunction.erf(-far)).isEqualTo(-1);
            assertThat(ErrorFunction.erfc(far)).isZero();
            assertThat(ErrorFunction.erfc(-far)).isEqualTo(2);
        }
    }

    @Test
    void keepsNaN() {
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
    }
}
