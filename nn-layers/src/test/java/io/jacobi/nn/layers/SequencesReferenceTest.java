package io.jacobi.nn.layers;

import org.junit.jupiter.api.Test;

/** Recurrent layers give the numbers of PyTorch's LSTM and GRU, under PyTorch's names for their parameters. */
class SequencesReferenceTest {

    @Test
    void agreeWithPyTorch() {
        Reference torch = Reference.load("sequences");

        torch.compare("lstm_last", new Lstm(4));
        torch.compare("lstm_all", new Lstm(4).withAllStates());
        torch.compare("lstm_one_step", new Lstm(3));
        torch.compare("lstm_large", new Lstm(4).withAllStates());
        torch.compare("lstm_stack", Chain.of(new Lstm(3).withAllStates(), new Lstm(4), new Affine(2)));

        torch.compare("gru_last", new Gru(4));
        torch.compare("gru_all", new Gru(4).withAllStates());
        torch.compare("gru_one_step", new Gru(3));
        torch.compare("gru_large", new Gru(4).withAllStates());
        torch.compare("gru_stack", Chain.of(new Gru(3).withAllStates(), new Gru(4), new Affine(2)));

        torch.assertAllUsed();
    }
}
