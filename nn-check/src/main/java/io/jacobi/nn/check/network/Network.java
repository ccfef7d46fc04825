package io.jacobi.nn.check.network;

import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import java.util.List;

/**
 * A network as it is trained: the subject of its check.
 *
 * @param name empty if it has none
 * @param loss the loss it is trained by
 * @param penalties added to the loss
 */
public record Network(String name, Sequential model, Loss loss, List<Penalty> penalties) {

    public Network {
        penalties = List.copyOf(penalties);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name.isEmpty() ? model.layers().toString() : "\"" + name + "\"");
        text.append(", ").append(loss);
        penalties.forEach(penalty -> text.append(", ").append(penalty));
        return "Network " + text;
    }
}
