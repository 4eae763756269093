using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// What is added to a study leaves every number that was there before as it was, on bits: another output, another source of
/// variation, another point of a sweep.
/// </summary>
public sealed class ContractColumnsTests(ContractColumnsTests.Quickstart quickstart)
    : IClassFixture<ContractColumnsTests.Quickstart>
{
    private const string Noise = "noise={shot: on}";

    private static readonly string[] Drawn =
    [
        "die",
        "temperature_c",
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift",
    ];

    [Fact]
    public void Added_outputs_change_no_other_column()
    {
        StoredTable plain = quickstart.Run("hold=[]", "output={}");
        StoredTable with = quickstart.Run(
            "hold=[1 ms, 10 s]",
            "output={epochs: on, target: accuracy >= 0.8, retention: accuracy >= 0.9}",
            "specs=[accuracy >= 0.9, cross_entropy <= 0.2]"
        );
        // Two metrics at each hold, the epoch that meets the target, the retention, and whether it passes the new one.
        Assert.Equal(plain.Columns.Count + 4 + 1 + 1 + 1, with.Columns.Count);
        string[] common = [.. plain.Columns.Keys.Where(name => !name.StartsWith("pass", StringComparison.Ordinal))];
        Assert.Equal(plain.Only(common).Hash(), with.Only(common).Hash());
    }

    [Theory]
    [InlineData("variation.process", "temperature_c")]
    [InlineData(
        "variation.temperature",
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift"
    )]
    [InlineData("variation.mismatch")]
    [InlineData("variation.leakage")]
    public void An_added_source_changes_no_draw_of_the_others_with_noise_on(string source, params string[] others)
    {
        string[] columns = others.Length > 0 ? others : Drawn;
        string with = quickstart.Run(Noise).Only(columns).Hash();
        Assert.Equal(quickstart.Run().Only(columns).Hash(), with);
        Assert.Equal(quickstart.Run(Noise, $"{source}=off").Only(columns).Hash(), with);
    }

    [Fact]
    public void Errors_of_a_dies_cells_are_the_same_with_noise_and_without_the_other_sources() =>
        Assert.True(
            JsonNode.DeepEquals(
                quickstart.Case()["cell_errors"],
                quickstart.Case(Noise, "variation.process=off", "variation.leakage=off", "variation.temperature=off")[
                    "cell_errors"
                ]
            )
        );

    [Fact]
    public void A_point_of_a_sweep_is_the_run_with_that_setting()
    {
        string[] sweep = ["--sweep", "training.l2=[0, 0.01]", "--sweep", "training.order=[file, shuffled]"];
        string folder = quickstart.RunTo("sweep", sweep);
        string[] settings =
        [
            .. from l2 in new[] { "0", "0.01" }
            from order in new[] { "file", "shuffled" }
            select $"training.l2={l2} training.order={order}",
        ];
        foreach (int point in new[] { 0, 3 })
        {
            string alone = quickstart.RunTo($"point {point}", [.. settings[point].Split(' ').SelectMany(Set)]);
            foreach (string table in new[] { "dies", "epochs" })
            {
                var swept = StoredTable.Read(folder, $"{table}/point={point:00000}");
                var plain = StoredTable.Read(alone, table);
                Assert.Equal(plain.Columns.Count + 2, swept.Columns.Count);
                Assert.Equal(plain.Hash(), swept.Only([.. plain.Columns.Keys]).Hash());
            }
        }
        // Paired: a die is the same silicon at all points.
        Assert.Single(Enumerable.Range(0, settings.Length).Select(point => DrawnAt(folder, point)).Distinct());
    }

    private static string DrawnAt(string folder, int point) =>
        StoredTable.Read(folder, $"dies/point={point:00000}").Only(Drawn).Hash();

    private static string[] Set(string setting) => ["--set", setting];

    /// <summary>The quickstart with settings, each combination run once.</summary>
    public sealed class Quickstart : IDisposable
    {
        private readonly StudyFolder _folder = new();
        private readonly string _study = Repository.Study("quickstart");
        private readonly Dictionary<string, StoredTable> _tables = [];

        internal StoredTable Run(params string[] settings)
        {
            string name = string.Join(' ', settings);
            if (!_tables.TryGetValue(name, out StoredTable? table))
                _tables[name] = table = StoredTable.Read(
                    RunTo($"run {_tables.Count}", [.. settings.SelectMany(Set)]),
                    "dies"
                );
            return table;
        }

        internal string RunTo(string name, string[] options)
        {
            _folder.Run(["run", _study, "--samples", "100", "--out", name, "--quiet", .. options]).Succeeded();
            return _folder.PathOf(name);
        }

        internal JsonNode Case(params string[] settings) =>
            JsonNode.Parse(
                _folder.Run(["die", "sample", _study, "--die", "5", .. settings.SelectMany(Set)]).Succeeded()
            )!;

        public void Dispose() => _folder.Dispose();
    }
}
