using MathNet.Numerics.Distributions;
using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.SimulationTests;

/// <summary>How often quantile intervals and tolerance bounds hold on metrics as they are: continuous, with long tails, and
/// with a few values of which most are tied, as an accuracy of 45 examples.</summary>
public sealed class OrderStatisticCoverageTests(ITestOutputHelper output)
{
    private const int Repeats = 2000;

    // From a uniform to the metric, rising.
    private static readonly Dictionary<string, Func<double, double>> Metrics = new()
    {
        ["lognormal"] = u => Math.Exp(Normal.InvCDF(0, 1, u)),
        ["Cauchy"] = u => Math.Tan(Math.PI * (u - 0.5)),
        ["46 values"] = u => Math.Min(1, Math.Round(45 * (0.95 + 0.05 * Normal.InvCDF(0, 1, u))) / 45),
        ["two values"] = u => u < 0.03 ? 0 : 1,
        ["some never"] = u => u > 0.985 ? double.PositiveInfinity : u,
    };

    public static TheoryData<string, int> Cases =>
        [.. from metric in Metrics.Keys from dies in new[] { 30, 500 } select (metric, dies)];

    // A coverage of 2,000 repeats that is nominal falls by more than five standard deviations once in 3.5e6 cases: 0.0335, 0.0244
    // and 0.0111 at 90, 95 and 99 %. The quantile of a metric with ties is the smallest value with at least p at or below.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Quantile_intervals_cover_at_least_what_they_say(string metric, int dies)
    {
        foreach (double confidence in new[] { 0.9, 0.95, 0.99 })
        foreach (double p in new[] { 0.1, 0.5, 0.99 })
        {
            double truth = Metrics[metric](p);
            QuantileInterval[] found = [.. Samples(metric, dies).Select(x => QuantileInterval.Of(x, p, confidence))];
            double covered = found.Average(interval =>
                !(interval.Lower > truth) && !(interval.Upper < truth) ? 1.0 : 0
            );
            string message =
                $"{metric}, n {dies}, {confidence}, p {p}: covered {covered:0.0000}, told {found[0].Coverage:0.0000}";
            output.WriteLine(message);
            Assert.True(covered >= found[0].Coverage - 5 * Math.Sqrt(confidence * (1 - confidence) / Repeats), message);
        }
    }

    // The share of all dies beyond the bound is known from the metric; the bound holds if it is what was asked for.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Tolerance_bounds_hold_at_least_as_often_as_they_say(string metric, int dies)
    {
        foreach (double confidence in new[] { 0.9, 0.95, 0.99 })
        foreach (double share in new[] { 0.8, 0.9, 0.99 })
        {
            double[][] samples = [.. Samples(metric, dies)];
            double slack = 5 * Math.Sqrt(confidence * (1 - confidence) / Repeats);
            var above = samples.Select(x => ToleranceBound.Above(x, share, confidence)).ToArray();
            var below = samples.Select(x => ToleranceBound.Below(x, share, confidence)).ToArray();
            var between = samples.Select(x => ToleranceBound.Between(x, share, confidence)).ToArray();
            Held("above", above, bound => 1 - Below(metric, bound.Lower!.Value));
            Held("below", below, bound => AtMost(metric, bound.Upper!.Value));
            Held("between", between, b => AtMost(metric, b.Upper!.Value) - Below(metric, b.Lower!.Value));

            void Held(string side, ToleranceBound[] bounds, Func<ToleranceBound, double> beyond)
            {
                if (bounds[0].Confidence is not { } told)
                    return;
                double held = bounds.Average(bound => beyond(bound) >= share - 1e-12 ? 1.0 : 0);
                string message =
                    $"{metric}, n {dies}, {confidence}, {share} {side}: held {held:0.0000}, told {told:0.0000}";
                output.WriteLine(message);
                Assert.True(held >= told - slack, message);
            }
        }
    }

    // The width that was planned for is the width that comes out when the yield is what was assumed; and a number of dies
    // planned by a first sample leaves the interval its coverage.
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    public void Planned_number_of_dies_reaches_the_width_and_keeps_the_coverage(double yield)
    {
        const double half = 0.02;
        var draws = new AddressedDraws(11);
        var stream = new RandomStream("test/planned");
        var found = Enumerable
            .Range(0, Repeats)
            .AsParallel()
            .AsOrdered()
            .Select(repeat =>
            {
                long Passed(int from, int to) =>
                    Enumerable.Range(from, to - from).LongCount(i => draws.Uniform(stream, repeat, (uint)i) < yield);
                const int pilot = 200;
                long first = Passed(0, pilot);
                ProportionInterval seen = WilsonInterval.Of(first, pilot);
                double worse = Math.Clamp(0.5, seen.Lower, seen.Upper);
                long dies = Math.Max(pilot, DiesForWidth.Of(ProportionMethod.Wilson, worse, half)!.Value);
                ProportionInterval last = WilsonInterval.Of(first + Passed(pilot, (int)dies), dies);
                return (Reached: last.Width / 2 <= half, Held: last.Holds(yield), Dies: dies);
            })
            .ToArray();
        double reached = found.Average(run => run.Reached ? 1.0 : 0);
        double held = found.Average(run => run.Held ? 1.0 : 0);
        string message =
            $"yield {yield}: width reached {reached:0.0000}, held {held:0.0000}, dies {found.Average(run => run.Dies):0}, with the yield known {DiesForWidth.Of(ProportionMethod.Wilson, yield, half)}";
        output.WriteLine(message);
        // The worse end of a 95 % interval is worse than the yield in 97.5 % of the runs; of the rest some reach it by luck.
        Assert.True(reached >= 0.95, message);
        Assert.InRange(held, 0.95 - 5 * 0.00487 - 0.005, 1);
    }

    private static IEnumerable<double[]> Samples(string metric, int dies)
    {
        var draws = new AddressedDraws(3);
        var stream = new RandomStream("test/order");
        return Enumerable
            .Range(0, Repeats)
            .AsParallel()
            .AsOrdered()
            .Select(repeat =>
            {
                double[] values =
                [
                    .. Enumerable.Range(0, dies).Select(i => Metrics[metric](draws.Uniform(stream, repeat, (uint)i))),
                ];
                Array.Sort(values);
                return values;
            });
    }

    // Share of dies below a value, by bisection of the rising function; where it is flat, the whole step counts.
    private static double Below(string metric, double value) => Share(u => Metrics[metric](u) < value);

    private static double AtMost(string metric, double value) => Share(u => Metrics[metric](u) <= value);

    private static double Share(Predicate<double> below)
    {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            if (below(middle))
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }
}
