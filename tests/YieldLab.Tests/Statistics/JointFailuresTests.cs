using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

public class JointFailuresTests
{
    // Every count by going over the dies one by one.
    [Theory]
    [InlineData(2, 300)]
    [InlineData(5, 300)]
    [InlineData(40, 50)]
    public void Counts_are_those_of_the_dies_one_by_one(int specs, int dies)
    {
        bool[][] passed = Drawn(specs, dies);
        JointFailures found = JointFailures.Of(passed);
        Assert.Equal(dies, found.Dies);
        for (int i = 0; i < specs; i++)
        {
            Assert.Equal(Count(die => !passed[i][die]), found.Failed(i));
            Assert.Equal(
                Count(die => !passed[i][die] && passed.Where((_, k) => k != i).All(spec => spec[die])),
                found.Alone(i)
            );
            for (int j = 0; j < specs; j++)
                Assert.Equal(Count(die => !passed[i][die] && !passed[j][die]), found.Both(i, j));
        }
        Assert.Equal(dies, found.Patterns.Sum(pattern => pattern.Dies));
        foreach (FailurePattern pattern in found.Patterns)
            Assert.Equal(
                Count(die => Enumerable.Range(0, specs).Where(i => !passed[i][die]).SequenceEqual(pattern.Specs)),
                pattern.Dies
            );

        long Count(Func<int, bool> which) => Enumerable.Range(0, dies).LongCount(which);
    }

    [Fact]
    public void Patterns_come_by_frequency_then_by_specification()
    {
        bool[][] passed =
        [
            [true, false, true, true, false],
            [true, true, false, true, true],
        ];
        JointFailures found = JointFailures.Of(passed);
        Assert.Equal(["", "0", "1"], found.Patterns.Select(pattern => string.Join(' ', pattern.Specs)));
        Assert.Equal([2, 2, 1], found.Patterns.Select(pattern => pattern.Dies));
    }

    [Fact]
    public void No_specification_is_no_failure_and_unequal_columns_are_refused()
    {
        Assert.Empty(JointFailures.Of([]).Patterns);
        Assert.Empty(
            JointFailures
                .Of([
                    [],
                    [],
                ])
                .Patterns
        );
        Assert.Throws<ArgumentException>(() =>
            JointFailures.Of([
                [true],
                [true, false],
            ])
        );
    }

    private static bool[][] Drawn(int specs, int dies)
    {
        var draws = new AddressedDraws(1);
        var stream = new RandomStream("test/failures");
        return
        [
            .. Enumerable
                .Range(0, specs)
                .Select(spec =>
                    Enumerable.Range(0, dies).Select(die => draws.Uniform(stream, die, (uint)spec) < 0.7).ToArray()
                ),
        ];
    }
}
