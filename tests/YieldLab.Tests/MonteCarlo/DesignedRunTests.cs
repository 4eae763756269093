using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Tests.Text;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>Rows of a study whose dies are points of a design, bit for bit.</summary>
public sealed class DesignedRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab-");

    [Theory]
    [InlineData("sobol")]
    [InlineData("latin-hypercube")]
    public void Stored_bytes_of_several_threads_are_those_of_one(string method) =>
        Assert.Equal(Stored(method, threads: 1), Stored(method, threads: 3));

    [Fact]
    public void First_dies_of_a_longer_run_of_Sobol_points_are_those_of_a_shorter_one() =>
        Assert.Equal(Rows("sobol", 48), [.. Rows("sobol", 96).Select(column => column[..48])]);

    // The first dies are others in each; a hypercube of more dies has other points.
    [Fact]
    public void Other_methods_and_a_longer_run_of_a_Latin_hypercube_have_other_dies()
    {
        double[] Temperatures(string method, int samples) => Rows(method, samples)[0][..16];
        double[][] temperatures =
        [
            Temperatures("monte-carlo", 48),
            Temperatures("sobol", 48),
            Temperatures("latin-hypercube", 48),
            Temperatures("latin-hypercube", 96),
        ];
        Assert.Equal(64, temperatures.SelectMany(column => column).Distinct().Count());
    }

    // 96 dies in 16 randomisations: each has one die in every sixth of the range.
    [Fact]
    public void Dies_of_each_randomisation_are_spread_over_the_temperatures()
    {
        double[] celsius = Rows("latin-hypercube", 96)[0];
        for (int randomisation = 0; randomisation < 16; randomisation++)
        {
            var parts = celsius.Where((_, die) => die % 16 == randomisation).Select(t => (int)((t + 40) / 125 * 6));
            Assert.Equal(Enumerable.Range(0, 6), parts.Order());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Every real column of a run in one go, the temperature first.
    private static double[][] Rows(string method, int samples)
    {
        IDieModel model = Prepared(method, samples).DieModel();
        var rows = new RowBlock(DieTable.Columns(model, []), samples);
        using IDieWorker worker = model.CreateWorker();
        for (int die = 0; die < samples; die += model.BatchSize)
            worker.Run(die, Math.Min(model.BatchSize, samples - die), rows, die, null);
        var names = model.DieColumns.Where(column => column.Type == ColumnType.Real).Select(column => column.Name);
        Assert.Equal("temperature_c", names.First());
        return [.. names.Select(rows.Reals)];
    }

    private byte[] Stored(string method, int threads)
    {
        string path = Path.Combine(_folder.FullName, $"{method}{threads}");
        using (var run = StudyRun.Open(StudyPlan.Of(Prepared(method, 96)), path, new RunMode()))
            run.Run(threads, TestContext.Current.CancellationToken);
        return File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(path, "dies"))));
    }

    private static PreparedStudy Prepared(string method, int samples)
    {
        using var tiny = new TinyStudy(
            TinyStudy.With("samples: 20\n", $"samples: {samples}\nsampling: {{ method: {method} }}\n")
        );
        return PreparedStudy.Of(tiny.Read());
    }
}
