package com.example;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.junit.GradientTests;
import java.util.List;

class LearnedLengthTest implements GradientTests {

    @Override
    public List<LayerCheck> checks() {
        return List.of(GradientCheck.of(new LearnedLength()).input(Shape.of(2, 3)));
    }
}
