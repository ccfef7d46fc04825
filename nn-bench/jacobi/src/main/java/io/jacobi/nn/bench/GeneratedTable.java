package io.jacobi.nn.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A large table to measure with: 30 columns of numbers, 20 of categories, 2 % of the cells missing, and a class that
 * depends on half of the columns, not linearly, and on chance.
 */
final class GeneratedTable {

    static final String TARGET = "answer";

    private static final int NUMBERS = 30;
    private static final int[] CATEGORIES = {
        2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 30, 30, 40, 60, 100, 200, 500, 1000
    };
    private static final double MISSING = 0.02;

    private final SplittableRandom random;
    private final double[] effects = new double[NUMBERS / 2];
    private final double[][] categoryEffects = new double[CATEGORIES.length / 2][];

    GeneratedTable(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < effects.length; i++) {
            effects[i] = normal();
        }
        for (int c = 0; c < categoryEffects.length; c++) {
            // every second column of categories counts
            categoryEffects[c] = new double[CATEGORIES[2 * c + 1]];
            for (int k = 0; k < categoryEffects[c].length; k++) {
                categoryEffects[c][k] = normal();
            }
        }
    }

    private double normal() {
        // Box and Muller 1958
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    void write(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < NUMBERS; i++) {
                out.write("n" + (i + 1) + ',');
            }
            for (int c = 0; c < CATEGORIES.length; c++) {
                out.write("c" + (c + 1) + ',');
            }
            out.write(TARGET + '\n');
            StringBuilder line = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                line.setLength(0);
                append(line);
                out.append(line);
            }
        }
    }

    private void append(StringBuilder line) {
        double score = 0;
        double[] z = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            z[i] = normal();
            score += i < effects.length ? effects[i] * Math.tanh(z[i]) : 0;
            if (random.nextDouble() >= MISSING) {
                line.append(cell(i, z[i]));
            }
            line.append(',');
        }
        score += z[0] * z[1] + Math.abs(z[2]);
        for (int c = 0; c < CATEGORIES.length; c++) {
            // small numbers are more frequent than large ones
            double u = random.nextDouble();
            int category = (int) (CATEGORIES[c] * u * u);
            score += c % 2 == 1 ? categoryEffects[c / 2][category] : 0;
            if (random.nextDouble() >= MISSING) {
                line.append('v').append(category);
            }
            line.append(',');
        }
        boolean yes = random.nextDouble() < 1 / (1 + Math.exp(-score));
        line.append(yes ? "yes" : "no").append('\n');
    }

    /** A third of the columns each: normal numbers, amounts over powers of ten, whole numbers. */
    private static String cell(int column, double z) {
        return switch (column % 3) {
            case 0 -> Double.toString(Math.round(z * 1e4) / 1e4);
            case 1 -> Double.toString(Math.round(Math.exp(2 * z + 3) * 1e2) / 1e2);
            default -> Long.toString(Math.round(50 + 20 * z));
        };
    }
}
