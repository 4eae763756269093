using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>
/// Each source of variation has draws of its own: switching one off silences it and leaves every other as it was. So the
/// difference of two runs is the effect of the source and not of other random numbers.
/// </summary>
public sealed class VariationSwitchTests(VariationSwitchTests.Everything all)
    : IClassFixture<VariationSwitchTests.Everything>
{
    private static readonly string[] Shifts =
    [
        "threshold_shift_v",
        "beta_shift",
        "capacitance_shift",
        "bias_shift",
        "leakage_shift",
    ];

    private static readonly string[] Sources = ["process", "mismatch", "leakage", "temperature"];

    [Theory]
    [InlineData("mismatch")]
    [InlineData("leakage")]
    [InlineData("temperature")]
    public void Die_level_shifts_stay_the_same_bits_without_another_source(string source)
    {
        StoredTable rest = all.Without(source);
        Assert.All(Shifts, shift => Assert.Equal(all.Dies.Column<double?>(shift), rest.Column<double?>(shift)));
    }

    [Theory]
    [InlineData("process")]
    [InlineData("mismatch")]
    [InlineData("leakage")]
    public void Temperatures_stay_the_same_bits_without_another_source(string source) =>
        Assert.Equal(all.Dies.Column<double?>("temperature_c"), all.Without(source).Column<double?>("temperature_c"));

    [Fact]
    public void Without_process_all_shifts_are_0()
    {
        StoredTable rest = all.Without("process");
        Assert.All(Shifts, shift => Assert.All(rest.Column<double?>(shift), value => Assert.Equal(0.0, value)));
    }

    // The card's reference temperature is 27 C = 300.15 K; taking 273.15 K off again rounds to the last bit of 300.
    [Fact]
    public void Without_temperature_all_dies_are_at_27_C() =>
        Assert.All(
            all.Without("temperature").Column<double?>("temperature_c"),
            value => Assert.InRange(value!.Value, 27 - 6e-14, 27 + 6e-14)
        );

    [Fact]
    public void Each_source_changes_what_the_dies_learn()
    {
        double?[] learned = all.Dies.Column<double?>("cross_entropy");
        Assert.All(
            Sources,
            source => Assert.Empty(learned.Intersect(all.Without(source).Column<double?>("cross_entropy")))
        );
    }

    [Theory]
    [InlineData("process")]
    [InlineData("leakage")]
    [InlineData("temperature")]
    public void Errors_of_the_cells_stay_the_same_bits_without_another_source(string source)
    {
        JsonNode with = all.Case("variation.process=on");
        JsonNode without = all.Case($"variation.{source}=off");
        Assert.True(JsonNode.DeepEquals(with["cell_errors"], without["cell_errors"]));
    }

    [Fact]
    public void Without_mismatch_all_errors_of_the_cells_are_0()
    {
        JsonNode errors = all.Case("variation.mismatch=off")["cell_errors"]!;
        Assert.All(Numbers(errors), value => Assert.Equal(0, value));
        Assert.Contains(Numbers(all.Case("variation.mismatch=on")["cell_errors"]!), value => value != 0);
    }

    [Fact]
    public void Without_leakage_no_cell_leaks()
    {
        Assert.All(Numbers(all.Case("variation.leakage=off")["leakage_a"]!), value => Assert.Equal(0, value));
        Assert.All(Numbers(all.Case("variation.leakage=on")["leakage_a"]!), value => Assert.True(value > 0));
    }

    private static IEnumerable<double> Numbers(JsonNode node) =>
        node switch
        {
            JsonObject keys => keys.SelectMany(pair => Numbers(pair.Value!)),
            JsonArray list => list.SelectMany(item => Numbers(item!)),
            _ => [node.GetValue<double>()],
        };

    /// <summary>Quickstart with all sources on and, when asked for, with one off.</summary>
    public sealed class Everything : IDisposable
    {
        private readonly StudyFolder _folder = new();
        private readonly string _study = Path.Combine(Repository.Root, "studies", "quickstart.yaml");
        private readonly Lazy<StoredTable> _dies;
        private readonly Dictionary<string, StoredTable> _without = [];

        public Everything() => _dies = new(() => Run("all", "variation.process=on"));

        internal StoredTable Dies => _dies.Value;

        internal StoredTable Without(string source)
        {
            if (!_without.TryGetValue(source, out StoredTable? table))
                _without[source] = table = Run(source, $"variation.{source}=off");
            return table;
        }

        internal JsonNode Case(string change) =>
            JsonNode.Parse(_folder.Run("die", "sample", _study, "--die", "5", "--set", change).Succeeded())!;

        public void Dispose() => _folder.Dispose();

        private StoredTable Run(string name, string change)
        {
            _folder.Run("run", _study, "--samples", "40", "--out", name, "--quiet", "--set", change).Succeeded();
            return StoredTable.Read(_folder.PathOf(name), "dies");
        }
    }
}
