namespace YieldLab.Statistics.Estimation;

/// <summary>What makes the interval of a proportion out of independent dies whose number was fixed beforehand.</summary>
public enum ProportionMethod
{
    /// <summary><see cref="WilsonInterval"/>: near nominal coverage on average, short.</summary>
    Wilson,

    /// <summary><see cref="ClopperPearsonInterval"/>: never below nominal coverage, long.</summary>
    ClopperPearson,

    /// <summary><see cref="JeffreysInterval"/>: near nominal coverage on average, short.</summary>
    Jeffreys,
}

/// <summary>What the methods are called and what they give.</summary>
public static class ProportionMethods
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProportionMethod> All { get; } = Enum.GetValues<ProportionMethod>();

    /// <summary>The name on the command line and in JSON.</summary>
    public static string Name(this ProportionMethod method) =>
        method switch
        {
            ProportionMethod.Wilson => "wilson",
            ProportionMethod.ClopperPearson => "clopper-pearson",
            _ => "jeffreys",
        };

    /// <summary>The interval.</summary>
    /// <param name="method">What makes it.</param>
    /// <param name="passed">0 to total; need not be whole.</param>
    /// <param name="total">Above 0.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ProportionInterval Interval(
        this ProportionMethod method,
        double passed,
        double total,
        double confidence
    ) =>
        method switch
        {
            ProportionMethod.Wilson => WilsonInterval.Of(passed, total, confidence),
            ProportionMethod.ClopperPearson => ClopperPearsonInterval.Of(passed, total, confidence),
            _ => JeffreysInterval.Of(passed, total, confidence),
        };
}
