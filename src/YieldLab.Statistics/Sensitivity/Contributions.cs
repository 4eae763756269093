namespace YieldLab.Statistics.Sensitivity;

/// <summary>What an output is taken to be of the inputs and draws.</summary>
public enum ContributionModel
{
    /// <summary>A sum of terms of one input or draw each.</summary>
    Linear,

    /// <summary>Also squares, and products of two inputs or of two draws of a group.</summary>
    Quadratic,

    /// <summary>As quadratic, of the output's ranks: any monotone function of the output is the same.</summary>
    Ranks,
}

/// <summary>Draws of a group for some rows: [row][draw], standard normal and independent of each other.</summary>
/// <param name="group">Number of the group.</param>
/// <param name="firstRow">The first row.</param>
/// <param name="rows">How many.</param>
public delegate double[][] DrawSource(int group, int firstRow, int rows);

/// <summary>
/// Which inputs and which groups of draws an output's variance comes from, told from the rows of a run alone: nothing is run
/// again. Few inputs that all cells share, correlated or not, by <see cref="SharedInputs"/>; groups of draws, with more draws
/// than there are rows, by <see cref="DrawEnergy"/> and <see cref="PairEnergy"/> of what the inputs leave.
/// </summary>
/// <remarks>R^2 is what the model explains of the variance. Where it is below <see cref="Enough"/>, the next model is tried, and
/// the last that explains more than those before it by more than two of its errors is given. What no model explains is interaction of different groups, and of
/// higher order: group Sobol indices see that too, but need new trainings.</remarks>
/// <param name="Model">The model that is given.</param>
/// <param name="Inputs">Share of each input.</param>
/// <param name="Groups">Share of each group.</param>
/// <param name="RSquared">What the model explains in all.</param>
/// <param name="Tried">R^2 of each model that was tried.</param>
public sealed record Contributions(
    ContributionModel Model,
    IReadOnlyList<Contribution> Inputs,
    IReadOnlyList<Contribution> Groups,
    Contribution RSquared,
    IReadOnlyList<(ContributionModel Model, Contribution RSquared)> Tried
)
{
    /// <summary>R^2 of a model that is good enough.</summary>
    public const double Enough = 0.7;

    // Errors by which a larger model must explain more.
    private const double Clear = 2;

    // Their pairs grow with the square.
    private const int MostRowsOfPairs = 4_000;

    /// <summary>Rows of which products of two draws are formed: the first ones.</summary>
    public static int RowsOfPairs(int rows) => Math.Min(rows, MostRowsOfPairs);

    /// <summary>Draws of the largest group of which products of two are formed: of more the error would be above 5 % of the
    /// variance, and the group keeps its linear part alone.</summary>
    public static int MostDrawsOfPairs(int rows) => RowsOfPairs(rows) / 20;

    /// <summary>Splits the variance of outputs.</summary>
    /// <param name="inputs">[input][row], finite and not constant; at most <see cref="SharedInputs.Most"/>.</param>
    /// <param name="groups">Number of draws of each group.</param>
    /// <param name="draws">Reads them; may be asked from several threads.</param>
    /// <param name="outputs">[output][row]: NaN where a row has none; infinite ones are split by ranks alone. Each has
    /// <see cref="RowBlocks.FewestRows"/> rows or more.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <returns>For each output; null where all its values are the same, or differ in one block of
    /// <see cref="RowBlocks"/> alone, as those of a single failing die do.</returns>
    public static Contributions?[] Of(
        IReadOnlyList<double[]> inputs,
        IReadOnlyList<int> groups,
        DrawSource draws,
        IReadOnlyList<double[]> outputs,
        double confidence = 0.95,
        int threads = 1
    )
    {
        var found = new Contributions?[outputs.Count];
        bool[] vary = [.. outputs.Select(values => new RowBlocks(values.Length).Vary(values))];
        foreach (ContributionModel model in Enum.GetValues<ContributionModel>())
        {
            int[] open =
            [
                .. Enumerable
                    .Range(0, found.Length)
                    .Where(i => vary[i] && Takes(model, outputs[i]) && !(found[i]?.IsGood ?? false)),
            ];
            if (open.Length == 0)
                continue;
            var split = new ContributionSplit(model, inputs, groups, [.. open.Select(i => outputs[i])], confidence);
            split.Read(draws, threads);
            for (int i = 0; i < open.Length; i++)
                found[open[i]] = Better(found[open[i]], split.Result(i));
        }
        return found;
    }

    /// <summary>Whether the model explains enough.</summary>
    public bool IsGood => RSquared.Share >= Enough;

    private static bool Takes(ContributionModel model, double[] output)
    {
        double[] distinct = [.. output.Where(value => !double.IsNaN(value)).Distinct().Take(3)];
        return model == ContributionModel.Ranks
            // The ranks of two values are two values.
            ? distinct.Length > 2 || (distinct.Length == 2 && output.Any(double.IsInfinity))
            : distinct.Length > 1 && !output.Any(double.IsInfinity);
    }

    private static Contributions Better(Contributions? before, Contributions next) =>
        before is null ? next
        // A larger model explains more by chance, and one that is chosen for it was often lucky.
        : next.RSquared.Share - Clear * next.RSquared.Error > before.RSquared.Share
            ? next with
            {
                Tried = [.. before.Tried, .. next.Tried],
            }
        : before with { Tried = [.. before.Tried, .. next.Tried] };
}
