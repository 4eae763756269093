using System.Globalization;
using System.Text.RegularExpressions;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>A specification: a metric and the limit that it must keep, such as <c>accuracy >= 0.9</c>.</summary>
public sealed partial record Spec
{
    // The limit as a share, where it was written in per cent.
    private readonly double? _share;

    private Spec(string metric, string comparison, double limit, double? share)
    {
        Metric = metric;
        Comparison = comparison;
        Limit = limit;
        _share = share;
    }

    /// <summary>Name of the metric's column.</summary>
    public string Metric { get; }

    /// <summary>One of &gt;=, &gt;, &lt;=, &lt;.</summary>
    public string Comparison { get; }

    /// <summary>The limit, in the metric's unit; as written until <see cref="In"/> has been asked.</summary>
    public double Limit { get; }

    /// <summary>Whether what is below the limit fails.</summary>
    public bool IsLower => Comparison[0] == '>';

    /// <summary>The smallest value on the upper side of the limit, to which the limit itself belongs with &gt;= and &lt;: of
    /// the values below it and of those from it on, one side passes and the other fails.</summary>
    public double Edge => Comparison is ">=" or "<" ? Limit : Math.BitIncrement(Limit);

    /// <summary>Name of the column that says whether a die meets it: unlike for every specification of a study.</summary>
    public string Column => $"pass_{Metric}_{Direction}_{LimitName}";

    private string Direction =>
        Comparison switch
        {
            ">=" => "above",
            ">" => "strictly_above",
            "<=" => "below",
            _ => "strictly_below",
        };

    private string LimitName =>
        Limit
            .ToString(CultureInfo.InvariantCulture)
            .ToLowerInvariant()
            .Replace('.', 'p')
            .Replace('-', 'm')
            .Replace('+', '_');

    /// <summary>Reads a specification; null where the text is none.</summary>
    public static Spec? TryParse(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success || Number(match, 0) is not { } limit)
            return null;
        double? share = match.Groups["percent"].Success ? Number(match, -2) : null;
        return new(match.Groups["metric"].Value, match.Groups["comparison"].Value, limit, share);
    }

    /// <summary>The same with the limit in the unit of the metric: 90 % is 0.9 of a metric with unit 1, and 90 of one in
    /// per cent. Null for another unit, where the limit is in per cent.</summary>
    public Spec? In(string unit) =>
        (_share, unit) switch
        {
            (null, _) => this,
            ({ } share, "1") => new(Metric, Comparison, share, null),
            (_, "%") => new(Metric, Comparison, Limit, null),
            _ => null,
        };

    /// <summary>Whether each or none of the values from least to most meets it; null where it depends on the value.</summary>
    public bool? Outcome(double least, double most) =>
        (IsMetBy(least), IsMetBy(most)) switch
        {
            (true, true) => true,
            (false, false) => false,
            _ => null,
        };

    /// <summary>A value that does not exist (NaN) meets nothing.</summary>
    public bool IsMetBy(double value) =>
        Comparison switch
        {
            ">=" => value >= Limit,
            ">" => value > Limit,
            "<=" => value <= Limit,
            _ => value < Limit,
        };

    /// <summary>The specification without its metric, such as <c>>= 0.9</c>.</summary>
    public string Condition =>
        string.Create(CultureInfo.InvariantCulture, $"{Comparison} {Limit}{(_share is null ? "" : " %")}");

    public override string ToString() => $"{Metric} {Condition}";

    // The point is moved in the text: 0.1 % is then the number nearest to 0.001, as if it had been written so.
    private static double? Number(Match match, int places)
    {
        Group written = match.Groups["exponent"];
        int exponent = written.Success ? int.Parse(written.Value, CultureInfo.InvariantCulture) : 0;
        string number = string.Create(
            CultureInfo.InvariantCulture,
            $"{match.Groups["mantissa"].Value}e{exponent + places}"
        );
        return
            double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : null;
    }

    [GeneratedRegex(
        @"^\s*(?<metric>[a-z][a-z0-9_]*)\s*(?<comparison>>=|<=|>|<)\s*(?<mantissa>[-+]?[0-9.]+)(?:[eE](?<exponent>[-+]?[0-9]{1,4}))?\s*(?<percent>%)?\s*$"
    )]
    private static partial Regex Pattern();
}
