namespace YieldLab.Circuits.Cells;

/// <summary>
/// One die written out cell by cell: the content of a case file. Weight cells are in the order o*Inputs + i.
/// </summary>
public sealed class GivenErrors : ICellErrors
{
    public required double DieTemperature { get; init; }
    public required double DieBiasGain { get; init; }
    public required double DieCurrentFactor { get; init; }

    /// <summary>Temperature of each cell by site, in kelvin.</summary>
    public required IReadOnlyDictionary<Site, double[]> CellTemperatures { get; init; }

    /// <summary>Errors of each loop by kind: volts, relative.</summary>
    public required IReadOnlyDictionary<LoopKind, (double[] Threshold, double[] Beta)> CellLoops { get; init; }

    /// <summary>Farad, by half.</summary>
    public required double[][] CellCapacitances { get; init; }

    /// <summary>Ampere, by half.</summary>
    public required double[][] CellLeakages { get; init; }

    /// <summary>Writes out one of the eight dies of <paramref name="errors"/>.</summary>
    public static GivenErrors Of(ICellErrors errors, int lane, LayerShape shape)
    {
        double[] Read(int cells, Action<double[]> fill)
        {
            double[] rows = new double[cells * ICellErrors.Lanes];
            fill(rows);
            return [.. Enumerable.Range(0, cells).Select(cell => rows[cell * ICellErrors.Lanes + lane])];
        }
        return new()
        {
            DieTemperature = errors.Temperature(lane),
            DieBiasGain = errors.BiasGain(lane),
            DieCurrentFactor = errors.CurrentFactor(lane),
            CellTemperatures = Enum.GetValues<Site>()
                .ToDictionary(site => site, site => Read(shape.CellsAt(site), rows => errors.Temperatures(site, rows))),
            CellLoops = LoopKind.All.ToDictionary(
                kind => kind,
                kind =>
                {
                    int cells = shape.CellsAt(kind.Site);
                    double[] other = new double[cells * ICellErrors.Lanes];
                    return (
                        Read(cells, rows => errors.Loops(kind, rows, other)),
                        Read(cells, rows => errors.Loops(kind, other, rows))
                    );
                }
            ),
            CellCapacitances =
            [
                .. Enum.GetValues<WeightHalf>()
                    .Select(half => Read(shape.Weights, rows => errors.Capacitances(half, rows))),
            ],
            CellLeakages =
            [
                .. Enum.GetValues<WeightHalf>()
                    .Select(half => Read(shape.Weights, rows => errors.Leakages(half, rows))),
            ],
        };
    }

    public double Temperature(int lane) => DieTemperature;

    public double BiasGain(int lane) => DieBiasGain;

    public double CurrentFactor(int lane) => DieCurrentFactor;

    public void Temperatures(Site site, Span<double> kelvin) => Fill(CellTemperatures[site], kelvin);

    public void Loops(LoopKind kind, Span<double> threshold, Span<double> beta)
    {
        Fill(CellLoops[kind].Threshold, threshold);
        Fill(CellLoops[kind].Beta, beta);
    }

    public void Capacitances(WeightHalf half, Span<double> farad) => Fill(CellCapacitances[(int)half], farad);

    public void Leakages(WeightHalf half, Span<double> ampere) => Fill(CellLeakages[(int)half], ampere);

    private static void Fill(double[] cells, Span<double> rows)
    {
        for (int cell = 0; cell < cells.Length; cell++)
            rows.Slice(cell * ICellErrors.Lanes, ICellErrors.Lanes).Fill(cells[cell]);
    }
}
