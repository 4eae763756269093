using YieldLab.Circuits.Technology;

namespace YieldLab.Circuits.Accelerators;

/// <summary>The learning rule dw/dt = -(eta/Ts)(dL/dw + lambda w) and how long it acts.</summary>
public record SgdrRule
{
    [Parameter("1", "Passes over the training set", Min = 1, Max = 1e6, Example = "20")]
    public required int Epochs { get; init; }

    [Parameter("1", "Learning rate (eta)", Min = 0, MinExcluded = true, Max = 1e3, Example = "0.1")]
    public required double LearningRate { get; init; }

    [Parameter("1", "L2 regularization strength (lambda)", Min = 0, Max = 10, Example = "0.001")]
    public required double L2 { get; init; }

    [Parameter("s", "Time for which each example is presented (Ts)", Min = 1e-12, Max = 1e3, Example = "1 us")]
    public required double PresentationTime { get; init; }
}

/// <summary>What the layer computes and which loss it descends.</summary>
public enum LearningTask
{
    /// <summary>Prediction y, squared error.</summary>
    Linear,

    /// <summary>Class probabilities softmax(z), cross-entropy.</summary>
    Softmax,
}
