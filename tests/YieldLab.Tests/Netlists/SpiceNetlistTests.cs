using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Netlists;
using YieldLab.Tests.Circuits;

namespace YieldLab.Tests.Netlists;

/// <summary>What a netlist must have whatever simulates it; what ngspice makes of it is tested with the slow tests.</summary>
public partial class SpiceNetlistTests
{
    private static readonly LayerShape Shape = new(3, 4);
    private static readonly int[] Order = [5, 0, 5];

    public static TheoryData<LearningTask> Tasks => new(LearningTask.Linear, LearningTask.Softmax);

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_subcircuit_that_is_used_stands_in_the_file_and_no_other_file_is_named(LearningTask task)
    {
        string[] lines = Statements(task);
        string[] defined = [.. lines.Where(line => line.StartsWith(".subckt ")).Select(line => line.Split(' ')[1])];
        string[] used =
        [
            .. lines
                .Where(line => line.StartsWith('X'))
                .Select(line => line.Split(' ').Last(word => !word.Contains('='))),
        ];
        Assert.Empty(used.Except(defined));
        Assert.DoesNotContain(lines, line => line.StartsWith(".include") || line.StartsWith(".lib"));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_error_of_the_die_stands_at_its_cell(LearningTask task)
    {
        string netlist = string.Join('\n', Statements(task));
        GivenErrors errors = Errors();
        IEnumerable<double> numbers = LoopKind
            .All.Where(kind => kind != LoopKind.Act)
            .SelectMany(kind => errors.CellLoops[kind].Threshold.Concat(errors.CellLoops[kind].Beta))
            .Concat(errors.CellCapacitances.SelectMany(half => half))
            .Concat(errors.CellLeakages.SelectMany(half => half))
            .Concat(errors.CellTemperatures.Values.SelectMany(cells => cells));
        if (task == LearningTask.Softmax)
            numbers = numbers.Concat(errors.CellLoops[LoopKind.Act].Threshold);
        HashSet<double> written =
        [
            .. Assigned().Matches(netlist).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.All(numbers, number => Assert.Contains(number, written));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_loop_of_the_layer_stands_there_once(LearningTask task)
    {
        string[] names = [.. Statements(task).Where(line => line.StartsWith('X')).Select(line => line.Split(' ')[0])];
        string[] kinds = ["dac_p", "dac_n", "sum_p", "sum_n", "err_p", "err_n"];
        foreach (LoopKind kind in LoopKind.All.Where(k => kinds.Contains(k.Name) || k.Devices == 6))
            if (!kind.Name.StartsWith("int_"))
                Assert.Equal(
                    Shape.CellsAt(kind.Site),
                    names.Distinct().Count(name => name.StartsWith($"X{kind.Name}_"))
                );
        Assert.Equal(2 * Shape.Weights, names.Distinct().Count(name => name.StartsWith("Xhalf_")));
    }

    [Fact]
    public void Examples_follow_in_the_order_that_is_asked_for()
    {
        Examples problem = Problem(LearningTask.Linear);
        string source = Statements(LearningTask.Linear).Single(line => line.StartsWith("Vx_0 "));
        double[] points =
        [
            .. source[(source.IndexOf('(') + 1)..source.IndexOf(')')]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
        ];
        double[] values = [.. Order.Select(example => problem.Input(example)[0])];
        Assert.Equal([values[0], values[0], values[1], values[1], values[2]], points.Where((_, i) => i % 2 == 1));
        // Two edges, each around the end of a presentation of 1 us.
        Assert.Equal(1e-6, (points[2] + points[4]) / 2, 1e-18);
        Assert.Equal(2e-6, (points[6] + points[8]) / 2, 1e-18);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_half_of_every_weight_is_printed(LearningTask task)
    {
        string[] printed = [.. Statements(task).Where(line => line.StartsWith("print ")).SelectMany(l => l.Split(' '))];
        for (int o = 0; o < Shape.Outputs; o++)
        for (int i = 0; i < Shape.Inputs; i++)
        {
            Assert.Contains($"v({SpiceNetlist.Node(WeightHalf.P, o, i)})", printed);
            Assert.Contains($"v({SpiceNetlist.Node(WeightHalf.N, o, i)})", printed);
        }
    }

    // Quiescent levels of zero would leave diodes without a current, and without an operating point.
    [Fact]
    public void No_diode_is_left_without_a_current()
    {
        Design design = Made.Design() with { InputQuiescent = 0, ErrorQuiescent = 0, CrossCoupling = 0 };
        AcceleratorModel model = Made.Model(LearningTask.Linear, Shape, design: design);
        string netlist = SpiceNetlist.Of("die", model, Errors(), Problem(LearningTask.Linear), Order);
        foreach (string name in new[] { "xq", "eq", "rho" })
            Assert.Contains($"{name}=1e-06", netlist, StringComparison.Ordinal);
    }

    private static GivenErrors Errors() =>
        GivenErrors.Of(Made.Errors(Made.Silicon(Shape, Made.Everything, gradient: 3), 5, Made.Eight(0)), 2, Shape);

    private static Examples Problem(LearningTask task) => Made.Problem(task, Shape.Outputs, Shape.Inputs, 8, 1);

    private static string Text(LearningTask task) =>
        SpiceNetlist.Of("die 2", Made.Model(task, Shape), Errors(), Problem(task), Order);

    // Lines without comments, continued lines joined.
    private static string[] Statements(LearningTask task) =>
        [.. Text(task).Replace("\n+", "").Split('\n').Where(line => line.Length > 0 && line[0] != '*')];

    [GeneratedRegex(@"=(-?[0-9][0-9.e+-]*)(?=\s|$)")]
    private static partial Regex Assigned();
}
