package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Step;
import java.util.ArrayList;
import java.util.List;

/** Selects the steps of a derivation that show something new. */
final class BriefSteps {

    private BriefSteps() {}

    /** The selected steps in their order. The last step, which is the result, is always included. */
    static List<Step> of(List<Step> steps) {
        List<Step> brief = new ArrayList<>();
        for (Step step : steps) {
            boolean last = step.equals(steps.get(steps.size() - 1));
            if (last || !isKnown(step, brief)) {
                brief.add(step);
            }
        }
        return brief;
    }

    private static boolean isKnown(Step step, List<Step> before) {
        boolean factor = step.rule().equals("factor");
        boolean addsConstant = step.rule().equals("sum")
                && before.stream().anyMatch(other -> other.simplified().equals(step.simplified()));
        return factor || addsConstant || before.stream().anyMatch(other -> other.isRenamed(step));
    }
}
