using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

public sealed class HistogramTests
{
    // Of any values: normal, many the same, few, far out; with marks below, among, on and above them.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(50, 0)]
    [InlineData(2000, 0)]
    [InlineData(2000, 3)]
    [InlineData(2000, 40)]
    [InlineData(2000, 4000)]
    public void Counts_are_those_of_brute_force_and_marks_are_edges(int count, int steps)
    {
        double[] values = Values(count, steps);
        double[] marks = [values[0] - 1, values[count / 3], values[count / 2] + 1e-9, values[^1], values[^1] + 1];
        Histogram found = Histogram.Of(values, 24, marks);
        Assert.Equal(found.Edges.Order(), found.Edges);
        Assert.Equal((values[0], values[^1]), (found.Edges[0], found.Edges[^1]));
        Assert.InRange(found.Counts.Count, 1, 24 + marks.Length);
        Assert.All(
            marks.Where(mark => mark > values[0] && mark <= values[^1]),
            mark => Assert.Contains(mark, found.Edges)
        );
        Assert.Equal(count, found.Counts.Sum());
        for (int bin = 0; bin < found.Counts.Count; bin++)
        {
            var (from, to) = (found.Edges[bin], found.Edges[bin + 1]);
            bool isLast = bin == found.Counts.Count - 1;
            Assert.Equal(values.Count(v => v >= from && (isLast ? v <= to : v < to)), found.Counts[bin]);
        }
    }

    // Shares of 45: a bin each, whatever rounding did to them, and a limit between two of them is the edge of one.
    [Fact]
    public void Values_that_are_steps_have_a_bin_each()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => (45 - i % 7 * (i % 3)) / 45.0).Order()];
        Histogram found = Histogram.Of(values, 24, 0.9);
        Assert.Contains(0.9, found.Edges);
        Assert.Equal(
            values.CountBy(value => value).Select(group => (long)group.Value),
            found.Counts.Where(count => count > 0)
        );
    }

    // 90 steps make bins of four: those beside the first mark begin four steps from it, wherever the second one is.
    [Fact]
    public void Bins_of_several_steps_are_counted_from_the_first_mark()
    {
        double[] values = [.. Enumerable.Range(0, 270).Select(i => i / 3 / 90.0)];
        IReadOnlyList<double> edges = Histogram.Of(values, 24, values[150], values[30]).Edges;
        Assert.Contains(values[30], edges);
        Assert.Equal([42 / 90.0, 46 / 90.0, 50 / 90.0, 54 / 90.0], edges.Where(edge => edge is > 0.46 and < 0.61));
    }

    [Fact]
    public void Nothing_has_no_bins_and_one_value_has_one()
    {
        Assert.Empty(Histogram.Of([], 24).Edges);
        Histogram same = Histogram.Of([2, 2, 2], 24, 2);
        Assert.Equal([2.0, 2.0], same.Edges);
        Assert.Equal([3L], same.Counts);
    }

    // The bins between: of the same width, as many as twice the cube root, moved so that the mark is an edge.
    [Fact]
    public void Bins_have_one_width_but_for_the_outermost()
    {
        double[] values = Values(1000, 0);
        double mark = values[400];
        double[] edges = [.. Histogram.Of(values, 20, mark).Edges];
        double width = edges[2] - edges[1];
        Assert.All(Enumerable.Range(1, edges.Length - 3), i => Assert.Equal(width, edges[i + 1] - edges[i], 1e-12));
        Assert.InRange(edges.Length - 1, 20, 21);
        Assert.Contains(mark, edges);
    }

    // Sums of four draws of a fixed sequence of low discrepancy; with steps, rounded to so many.
    private static double[] Values(int count, int steps)
    {
        double Draw(int i, double root) => i * root % 1;
        double Value(int i) =>
            Draw(i, Math.Sqrt(2)) + Draw(i, Math.Sqrt(3)) + Draw(i, Math.Sqrt(5)) * (i % 97 == 0 ? 9 : 1);
        double Rounded(double value) => steps == 0 ? value : Math.Round(value * steps) / steps;
        return [.. Enumerable.Range(1, count).Select(i => Rounded(Value(i))).Order()];
    }
}
