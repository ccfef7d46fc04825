package com.example;

import io.jacobi.nn.optim.ElementwiseOptimizer;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.TileUpdate;
import java.util.List;

/** Lion: each weight moves by the rate in the direction of a sign. Source: Chen et al. 2023, algorithm 2. */
record Lion(Schedule rate, double beta1, double beta2) implements ElementwiseOptimizer {

    @Override
    public List<String> moments() {
        return List.of("mean");
    }

    @Override
    public TileUpdate update(long step, double learningRate) {
        return (w, g, moments, n) -> {
            double[] m = moments[0];
            for (int i = 0; i < n; i++) {
                w[i] -= learningRate * Math.signum(beta1 * m[i] + (1 - beta1) * g[i]);
                m[i] = beta2 * m[i] + (1 - beta2) * g[i];
            }
        };
    }
}
