using Xunit;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Tests.Cli;

/// <summary>The line of progress that people see in a terminal.</summary>
public sealed class ProgressDisplayTests
{
    private static readonly RunProgress Halfway = new(500, 1000, 450, 7, TimeSpan.FromSeconds(10));

    // Standard error is a terminal here, which no other test has.
    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void A_run_in_a_terminal_shows_its_progress_in_one_line_that_fits(int columns)
    {
        using var folder = new StudyFolder();
        Answer answer = CommandLine.RunInTerminal(
            folder.Root,
            columns,
            "run",
            StudyFolder.Study,
            "--samples",
            "20000",
            "--set",
            "output.epochs=off"
        );
        Assert.Equal(0, answer.ExitCode);
        string[] shown =
        [
            .. answer.Output.Split('\r', '\n').Where(line => line.Contains(" of 20000 dies,") && line.Contains("/s")),
        ];
        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Equal(columns - 1, line.Length));
        Assert.Contains(Path.Combine("data: runs", "tiny"), answer.Output);
    }

    [Fact]
    public void The_line_has_a_bar_as_long_as_the_share_of_dies_that_are_done() =>
        Assert.Equal(
            "[##########----------] 500 of 1000 dies, 50/s, 00:00:10 left, yield 90.0 %, 7 failed",
            ProgressLine.WithBar(Halfway, 100)
        );

    [Fact]
    public void Before_the_first_die_the_line_says_that_the_run_starts() =>
        Assert.Equal(
            "[--------------------] 0 of 1000 dies, 0/s, starting",
            ProgressLine.WithBar(new(0, 1000, 0, 0, TimeSpan.FromSeconds(1)), 79)
        );

    [Fact]
    public void No_number_of_dies_and_no_width_makes_the_line_too_long()
    {
        var large = new RunProgress(123_456_789_012, 1_000_000_000_000, 99, 98_765_432_109, TimeSpan.FromDays(30));
        foreach (var now in new[] { Halfway, large, new(1000, 1000, 0, 1000, TimeSpan.FromSeconds(1)) })
            for (int width = 1; width <= 200; width++)
                Assert.InRange(ProgressLine.WithBar(now, width).Length, 1, width);
        // What matters most is there in 80 columns, however many dies there are.
        Assert.Contains(" left, yield", ProgressLine.WithBar(large, 79));
    }

    // An exception that leaves a thread ends the program: these tests, too, would end here.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_display_that_breaks_does_not_end_the_run(bool progressBreaks)
    {
        int asked = 0;
        RunProgress Progress()
        {
            asked++;
            return progressBreaks ? throw new InvalidOperationException("broken on purpose") : Halfway;
        }
        using (new ProgressDisplay(Progress, new BrokenWriter(), 80))
            Thread.Sleep(50);
        Assert.Equal(1, asked);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("broken on purpose");
    }
}
