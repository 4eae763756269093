using System.Text.Json.Nodes;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>How the dies of a point were chosen, and therefore how sure a yield is.</summary>
public abstract record EstimateRule
{
    /// <summary>Key of the manifest.</summary>
    public const string Key = "estimate";

    private EstimateRule() { }

    /// <summary>Confidence of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>What to call the intervals.</summary>
    public abstract string Name { get; }

    /// <summary>What makes the interval of some dies: this, or where they do not allow it what takes its place.</summary>
    public virtual string MethodFor(IReadOnlyList<long> dies) => Name;

    /// <summary>The interval of a yield.</summary>
    /// <param name="dies">Indices of the dies, at least one.</param>
    /// <param name="passed">For each whether it passes.</param>
    public abstract ProportionInterval Interval(IReadOnlyList<long> dies, IReadOnlyList<bool> passed);

    /// <summary>Independent dies, their number fixed beforehand: Wilson's interval, or where one asks for it another.</summary>
    public sealed record Fixed : EstimateRule
    {
        /// <summary>What makes the interval.</summary>
        public ProportionMethod Method { get; init; }

        public override string Name => Method.Name();

        public override ProportionInterval Interval(IReadOnlyList<long> dies, IReadOnlyList<bool> passed) =>
            Method.Interval(passed.Count(p => p), passed.Count, Confidence);
    }

    /// <summary>Independent dies, their number chosen by looking at them: a confidence sequence.</summary>
    public sealed record AnyTime : EstimateRule
    {
        public override string Name => "any-time";

        public override ProportionInterval Interval(IReadOnlyList<long> dies, IReadOnlyList<bool> passed) =>
            ConfidenceSequence.At(passed.Count(p => p), passed.Count, Confidence);
    }

    /// <summary>Dies that are points of independent randomisations of a design, die k of number k modulo R: what the
    /// randomisations' scatter tells. Dies that do not fill them evenly, as a run leaves them that was broken off, are counted
    /// up to the last that do; where some before it are missing, and where fewer than two dies fall to each, the interval is
    /// Wilson's.</summary>
    /// <param name="Randomisations">R.</param>
    public sealed record Replicated(int Randomisations) : EstimateRule
    {
        public override string Name => "replicated";

        public override ProportionInterval Interval(IReadOnlyList<long> dies, IReadOnlyList<bool> passed)
        {
            int each = dies.Count / Randomisations;
            if (!FillAll(dies))
                return WilsonInterval.Of(passed.Count(p => p), passed.Count, Confidence);
            long[] passes = new long[Randomisations];
            for (int i = 0; i < each * Randomisations; i++)
                passes[dies[i] % Randomisations] += passed[i] ? 1 : 0;
            return ReplicatedInterval.Of(passes, each, Confidence).Interval;
        }

        public override string MethodFor(IReadOnlyList<long> dies) => FillAll(dies) ? Name : new Fixed().Name;

        // At least two dies a randomisation, and none missing among them.
        private bool FillAll(IReadOnlyList<long> dies) =>
            dies.Count / Randomisations >= 2 && dies[^1] == dies.Count - 1;

        public override JsonObject ToJson()
        {
            JsonObject json = base.ToJson();
            json["randomisations"] = Randomisations;
            return json;
        }
    }

    /// <summary>The rule that a manifest names.</summary>
    public static EstimateRule Of(JsonObject manifest)
    {
        JsonNode json = manifest[Key]!;
        double confidence = (double)json["confidence"]!;
        return (string)json["interval"]! switch
        {
            "wilson" => new Fixed { Confidence = confidence },
            "any-time" => new AnyTime { Confidence = confidence },
            _ => new Replicated((int)json["randomisations"]!) { Confidence = confidence },
        };
    }

    public virtual JsonObject ToJson() => new() { ["interval"] = Name, ["confidence"] = Confidence };
}
