using Xunit;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Circuits;

/// <summary>
/// Dies as drawn against the laws that they are drawn from. Of n numbers the sample standard deviation has a relative
/// standard error 1/sqrt(2n), a correlation 1/sqrt(n); bounds are at 5.5 of these (two-sided false alarm 4e-8 a
/// comparison, below 1e-5 for a test of 200; the seed is fixed). With 4000 dies that finds a deviation wrong by 6 %.
/// </summary>
public class DrawnDiesTests
{
    private const int Dies = 4000;
    private const double Bound = 5.5;
    private static readonly LayerShape Shape = new(2, 3);

    public static TheoryData<string> Kinds => [.. LoopKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loop_errors_follow_Pelgroms_law(string name)
    {
        LoopKind kind = LoopKind.All.Single(k => k.Name == name);
        double area = kind.Size(Made.Design().Cells).Area;
        var (threshold, beta) = Loops(kind);
        AssertDeviation(threshold[^1], Math.Sqrt(kind.Devices / (2 * area)) * Made.Card.Mismatch.Threshold);
        AssertDeviation(beta[^1], Math.Sqrt(kind.Devices / (2 * area)) * Made.Card.Mismatch.Beta);
    }

    [Fact]
    public void Loops_are_independent_of_each_other()
    {
        var columns = new List<double[]>();
        foreach (LoopKind kind in LoopKind.All)
        {
            var (threshold, beta) = Loops(kind);
            columns.AddRange([threshold[0], threshold[^1], beta[0]]);
        }
        foreach (var half in Enum.GetValues<WeightHalf>())
            columns.Add(Column(errors => Rows(Shape.Weights, rows => errors.Capacitances(half, rows)), 0));
        for (int a = 0; a < columns.Count; a++)
        for (int b = 0; b < a; b++)
            AssertCorrelation(columns[a], columns[b], 0);
    }

    [Fact]
    public void Consecutive_dies_are_independent()
    {
        double[] vt = Loops(LoopKind.FwdPp).Threshold[0];
        AssertCorrelation(vt[..^1], vt[1..], 0);
    }

    [Fact]
    public void Capacitors_follow_their_area()
    {
        double[] capacitance = Column(
            errors => Rows(Shape.Weights, rows => errors.Capacitances(WeightHalf.P, rows)),
            1
        );
        double area = Made.Design().Capacitor / Made.Card.Capacitor.Density;
        AssertDeviation(capacitance, Made.Design().Capacitor * Made.Card.Mismatch.Capacitance / Math.Sqrt(2 * area));
    }

    [Fact]
    public void Die_level_shifts_have_the_cards_deviations_and_correlations()
    {
        var global = new GlobalVariation(Made.Card);
        var draws = new AddressedDraws(3);
        double[][] shifts = [.. Enumerable.Range(0, Dies).Select(die => global.Draw(draws, die))];
        GlobalSpread spread = Made.Card.DieToDie;
        double[] sigma = [spread.Threshold, spread.Beta, spread.Capacitance, spread.Bias, spread.Leakage];
        double[] Of(GlobalShift shift) => [.. shifts.Select(s => s[(int)shift])];
        foreach (GlobalShift shift in Enum.GetValues<GlobalShift>())
        {
            AssertDeviation(Of(shift), sigma[(int)shift]);
            foreach (GlobalShift other in Enum.GetValues<GlobalShift>().Where(other => other < shift))
                AssertCorrelation(
                    Of(shift),
                    Of(other),
                    Made.Card.Correlations.SingleOrDefault(c => c.First == other && c.Second == shift)?.Value ?? 0
                );
        }
    }

    [Fact]
    public void Levels_of_global_variation_add_in_quadrature()
    {
        ProcessCard card = Made.Card with { WaferToWafer = Made.Card.DieToDie, LotToLot = Made.Card.DieToDie };
        var global = new GlobalVariation(card);
        double[] shifts = [.. Enumerable.Range(0, Dies).Select(die => global.Draw(new(8), die)[0])];
        AssertDeviation(shifts, Math.Sqrt(3) * card.DieToDie.Threshold);
    }

    [Fact]
    public void Contradicting_correlations_are_refused()
    {
        ProcessCard card = Made.Card with
        {
            Correlations =
            [
                new(GlobalShift.Threshold, GlobalShift.Beta, 0.9),
                new(GlobalShift.Threshold, GlobalShift.Bias, 0.9),
                new(GlobalShift.Beta, GlobalShift.Bias, -0.9),
            ],
        };
        Assert.Contains("contradict", Assert.Throws<ArgumentException>(() => new GlobalVariation(card)).Message);
    }

    [Fact]
    public void Switching_a_source_off_changes_no_draw_of_the_others()
    {
        DrawnErrors all = Made.Errors(Made.Silicon(Shape, Made.Everything), 1, Made.Eight(0));
        DrawnErrors part = Made.Errors(Made.Silicon(Shape, new(false, true, false, true)), 1, Made.Eight(0));
        Assert.Equal(all.Temperature(3), part.Temperature(3));
        Assert.Equal(1, part.BiasGain(3));
        Assert.Equal(
            Rows(6, rows => all.Loops(LoopKind.UpdNn, rows, new double[48])),
            Rows(6, rows => part.Loops(LoopKind.UpdNn, rows, new double[48]))
        );
        Assert.All(Rows(6, rows => part.Leakages(WeightHalf.P, rows)), current => Assert.Equal(0, current));
    }

    [Fact]
    public void Leakage_is_the_models_closed_form()
    {
        Silicon silicon = Made.Silicon(Shape, Made.Everything, gradient: 4);
        DrawnErrors errors = Made.Errors(silicon, 12, Made.Eight(0));
        double[] leakage = Rows(Shape.Weights, rows => errors.Leakages(WeightHalf.N, rows));
        double[] kelvin = Rows(Shape.Weights, rows => errors.Temperatures(Site.Weight, rows));
        DeviceParameters d = Made.Card.Device;
        DeviceSize size = silicon.Design.Cells.Switch;
        double sigma = Made.Card.Mismatch.Threshold / Math.Sqrt(2 * size.Area);
        for (int cell = 0; cell < Shape.Weights; cell++)
        for (int lane = 0; lane < 8; lane++)
        {
            DieConditions die = errors.Conditions(lane);
            double t = kelvin[cell * 8 + lane];
            double own = sigma * new AddressedDraws(12).Normal(new("silicon/switch_n/vt"), lane, (uint)cell);
            double vt =
                d.ThresholdVoltage
                + d.ThresholdTemperatureCoefficient * (t - 300.15)
                + die[GlobalShift.Threshold]
                + own;
            double specific =
                d.SpecificCurrent
                * (1 + die[GlobalShift.Beta])
                * size.Width
                / size.Length
                * Math.Pow(t / 300.15, 2 - d.MobilityExponent);
            double channel = specific * Math.Exp(-vt / (d.SlopeFactor * PhysicalConstants.ThermalVoltage(t)));
            double kelvinPerEv = PhysicalConstants.ElementaryCharge / PhysicalConstants.Boltzmann;
            double junction =
                1e-9
                * size.Width
                * Math.Exp(die[GlobalShift.Leakage])
                * Math.Exp(0.7 * kelvinPerEv * (1 / 300.15 - 1 / t));
            // The exponents reach 30, so a relative rounding error of 1e-16 in them becomes 1e-14 or so.
            Assert.Equal(1, leakage[cell * 8 + lane] / (channel + junction), 1e-12);
        }
    }

    [Fact]
    public void Gradient_is_peak_to_peak_over_the_array_in_every_direction()
    {
        DrawnErrors errors = Made.Errors(Made.Silicon(new(4, 5), Made.Everything, gradient: 3), 2, Made.Eight(0));
        double[] kelvin = Rows(20, rows => errors.Temperatures(Site.Weight, rows));
        var directions = new HashSet<double>();
        for (int lane = 0; lane < 8; lane++)
        {
            double[] cells = [.. Enumerable.Range(0, 20).Select(cell => kelvin[cell * 8 + lane])];
            Assert.Equal(3, cells.Max() - cells.Min(), 1e-9);
            Assert.Equal(errors.Temperature(lane), (cells.Max() + cells.Min()) / 2, 1e-9);
            directions.Add(errors.Conditions(lane).Gradient.Inputs);
        }
        Assert.Equal(8, directions.Count);
    }

    [Fact]
    public void Temperatures_follow_their_range()
    {
        var draws = new AddressedDraws(1);
        double[] Of(TemperatureRange range) => [.. Enumerable.Range(0, Dies).Select(die => range.Of(draws, die))];
        double[] uniform = Of(new TemperatureRange.Uniform(250, 350));
        Assert.All(uniform, t => Assert.InRange(t, 250, 350));
        // Kurtosis of a uniform is 1.8, so its sample deviation varies less than a normal one: the same bound is safe.
        AssertDeviation(uniform, 100 / Math.Sqrt(12));
        AssertDeviation(Of(new TemperatureRange.Normal(300, 7)), 7);
        Assert.Equal([1.0, 2, 3, 1, 2], Of(new TemperatureRange.Listed([1, 2, 3]))[..5]);
        Assert.All(Of(new TemperatureRange.Fixed(311)), t => Assert.Equal(311, t));
    }

    private static (double[][] Threshold, double[][] Beta) Loops(LoopKind kind)
    {
        int cells = Shape.CellsAt(kind.Site);
        double[] spare = new double[cells * 8];
        return (
            [
                Column(e => Rows(cells, rows => e.Loops(kind, rows, spare)), 0),
                Column(e => Rows(cells, rows => e.Loops(kind, rows, spare)), cells - 1),
            ],
            [
                Column(e => Rows(cells, rows => e.Loops(kind, spare, rows)), 0),
                Column(e => Rows(cells, rows => e.Loops(kind, spare, rows)), cells - 1),
            ]
        );
    }

    // One cell of every die. Global shifts are off: they are common to all cells.
    private static double[] Column(Func<DrawnErrors, double[]> rows, int cell)
    {
        Silicon silicon = Made.Silicon(Shape, Made.Everything with { Process = false });
        var global = new GlobalVariation(silicon.Card);
        return
        [
            .. Enumerable
                .Range(0, Dies / 8)
                .SelectMany(group =>
                    rows(new(silicon, global, new(7), Made.Eight(group * 8))).AsSpan(cell * 8, 8).ToArray()
                ),
        ];
    }

    private static double[] Rows(int cells, Action<double[]> fill)
    {
        double[] rows = new double[cells * 8];
        fill(rows);
        return rows;
    }

    private static void AssertDeviation(double[] values, double sigma)
    {
        double deviation = Deviation(values);
        double error = Bound / Math.Sqrt(2.0 * values.Length);
        Assert.InRange(deviation / sigma, 1 - error, 1 + error);
    }

    private static void AssertCorrelation(double[] a, double[] b, double expected)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average();
        double error = Bound * (1 - expected * expected) / Math.Sqrt(a.Length);
        Assert.InRange(covariance / (Deviation(a) * Deviation(b)), expected - error, expected + error);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
