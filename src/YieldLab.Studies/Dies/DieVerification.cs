using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Netlists;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Dies;

/// <summary>How far one die's weights in ngspice are from those of the kernel.</summary>
/// <param name="Die">Index of the die in its study.</param>
/// <param name="Kelvin">Its temperature.</param>
/// <param name="Difference">Of both halves of all weights after every presentation; null where there is none.</param>
/// <param name="Seconds">How long ngspice took.</param>
/// <param name="Failure">Why there is no difference, or null.</param>
public sealed record DieAgreement(
    long Die,
    double Kelvin,
    WeightDifference? Difference,
    double Seconds,
    string? Failure
);

/// <summary>Difference between two courses of a die's weights, in percent of full scale (the unit current).</summary>
/// <param name="Rms">Root mean square over halves, weights and presentations.</param>
/// <param name="Worst">Largest single difference.</param>
public sealed record WeightDifference(double Rms, double Worst)
{
    /// <summary>Compares two courses, each [presentation][half][weight] in units of the unit current.</summary>
    public static WeightDifference Of(IEnumerable<double[][]> one, IEnumerable<double[][]> other)
    {
        double[] off = [.. one.SelectMany(Flat).Zip(other.SelectMany(Flat), (a, b) => 100 * Math.Abs(a - b))];
        return new(Math.Sqrt(off.Average(value => value * value)), off.Max());
    }

    private static IEnumerable<double> Flat(double[][] halves) => halves.SelectMany(half => half);
}

/// <summary>
/// Compares dies in ngspice with the kernel at EKV fidelity: the same circuit, solved device by device and by its
/// equations.
/// </summary>
public static class DieVerification
{
    /// <summary>Time after which a die is given up: a layer of a thousand weights takes some minutes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Compares the first dies of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="dies">How many.</param>
    /// <param name="presentations">How many examples each learns; null for the usual number.</param>
    /// <param name="threads">Dies that are worked on at the same time.</param>
    public static IReadOnlyList<DieAgreement> Of(PreparedStudy study, int dies, int? presentations, int threads)
    {
        if (!SpiceRun.IsInstalled)
            throw new StudyException(SpiceRun.NotInstalled);
        DieCase[] cases = [.. Enumerable.Range(0, dies).Select(die => DieCase.Of(study, die))];
        int[] order = cases[0].FirstPresentations(presentations);
        return
        [
            .. Enumerable
                .Range(0, dies)
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Math.Min(threads, 512))
                .Select(die => Compare(die, cases[die], order)),
        ];
    }

    private static DieAgreement Compare(long index, DieCase die, int[] order)
    {
        double kelvin = die.Errors.DieTemperature;
        try
        {
            DieAnswer kernel = DieSolver.Solve(Presented(die, order));
            if (kernel.Failure is not null)
                return new(index, kelvin, null, 0, kernel.Failure);
            SpiceAnswer spice = InSpice(die, order);
            return new(
                index,
                kelvin,
                WeightDifference.Of(spice.Weights, kernel.WeightsAfterEpoch),
                spice.Seconds,
                null
            );
        }
        catch (StudyException e)
        {
            return new(index, kelvin, null, 0, e.Message);
        }
    }

    /// <summary>The weights of a die in ngspice after each presentation.</summary>
    public static SpiceAnswer InSpice(DieCase die, int[] order)
    {
        string netlist = SpiceNetlist.Of("A die to be compared", die.Model, die.Errors, die.Training, order);
        return SpiceRun.Run(netlist, die.Model.Shape, order.Length, Patience);
    }

    // Each presentation is an epoch of its own, so that the answer has the weights after each.
    private static DieCase Presented(DieCase die, int[] order) =>
        die with
        {
            Model = die.Model with { Fidelity = Fidelity.Ekv },
            Orders = [.. order.Select(example => new[] { example })],
            Hold = [],
            Precision = Precision.Double,
            Plan = null,
        };
}
