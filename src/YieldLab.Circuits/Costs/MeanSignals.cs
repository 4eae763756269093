using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Costs;

/// <summary>A signal of both polarities, in units of Iu.</summary>
public readonly record struct Polarities(double P, double N)
{
    /// <summary>A number split by sign as the circuit does it, each polarity with its quiescent part.</summary>
    public static Polarities Of(double value, double quiescent) =>
        new(Math.Max(value, 0) + quiescent, Math.Max(-value, 0) + quiescent);

    public static Polarities operator +(Polarities a, Polarities b) => new(a.P + b.P, a.N + b.N);

    public static Polarities operator *(Polarities a, double factor) => new(a.P * factor, a.N * factor);
}

/// <summary>The four products of two signals a and b, in units of Iu: Pn is a's positive by b's negative polarity.</summary>
public readonly record struct Quadrants(double Pp, double Pn, double Np, double Nn)
{
    public static Quadrants Of(Polarities a, Polarities b) => new(a.P * b.P, a.P * b.N, a.N * b.P, a.N * b.N);

    public static Quadrants operator +(Quadrants a, Quadrants b) =>
        new(a.Pp + b.Pp, a.Pn + b.Pn, a.Np + b.Np, a.Nn + b.Nn);

    public static Quadrants operator *(Quadrants a, double factor) =>
        new(a.Pp * factor, a.Pn * factor, a.Np * factor, a.Nn * factor);
}

/// <summary>
/// The mean of each signal over cells and time, in units of Iu: what the branches of the nominal circuit carry on the
/// average. Means of products are not products of means, so both stand here.
/// </summary>
public sealed record MeanSignals
{
    /// <summary>xp and xn of an input.</summary>
    public required Polarities Input { get; init; }

    /// <summary>ep and en of an output.</summary>
    public required Polarities Error { get; init; }

    /// <summary>wp and wn of a weight.</summary>
    public required Polarities Weight { get; init; }

    /// <summary>Products of input and half weight, one forward multiplier each.</summary>
    public required Quadrants Forward { get; init; }

    /// <summary>Products of error and input, one gradient multiplier each.</summary>
    public required Quadrants Gradient { get; init; }

    /// <summary>pos(t) and pos(-t) of an output, which a linear layer adds before its summing mirrors; 0 for
    /// softmax.</summary>
    public required Polarities Target { get; init; }

    /// <summary>
    /// No signal: every input (the constant one too), error, target and weight is 0, and what flows is quiescent. The
    /// arms of a softmax share their tail current all the same.
    /// </summary>
    public static MeanSignals Idle(Design design)
    {
        Polarities input = Polarities.Of(0, design.InputQuiescent);
        Polarities error = Polarities.Of(0, design.ErrorQuiescent);
        Polarities weight = Polarities.Of(0, design.WeightQuiescent);
        return new()
        {
            Input = input,
            Error = error,
            Weight = weight,
            Forward = Quadrants.Of(input, weight),
            Gradient = Quadrants.Of(error, input),
            Target = default,
        };
    }

    /// <summary>The means over every presentation of a training.</summary>
    /// <param name="model">The layer.</param>
    /// <param name="examples">Examples that train.</param>
    /// <param name="orders">Their order in each epoch.</param>
    public static MeanSignals OverTraining(AcceleratorModel model, Examples examples, IReadOnlyList<int[]> orders)
    {
        var training = new SignalRecorder(model);
        foreach (int[] order in orders)
        foreach (int example in order)
            training.Present(examples, example);
        return training.Mean();
    }
}
