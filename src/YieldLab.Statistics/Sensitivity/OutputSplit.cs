namespace YieldLab.Statistics.Sensitivity;

/// <summary>The split of one output by one model.</summary>
internal sealed class OutputSplit
{
    private readonly RowBlocks _blocks;
    private readonly SharedInputs? _fit;

    public OutputSplit(
        ContributionModel model,
        IReadOnlyList<double[]> inputs,
        double[] values,
        RowBlocks blocks,
        int groups
    )
    {
        _blocks = blocks;
        _fit =
            inputs.Count == 0
                ? null
                : SharedInputs.Of(inputs, values, model == ContributionModel.Linear ? 1 : 2, blocks);
        int terms = _fit?.Terms ?? 0;
        Variance = new(blocks, values, _fit?.Fitted, terms);
        var few = new RowBlocks(Contributions.RowsOfPairs(blocks.Rows));
        // The fit is one to all rows: of what a part of them has it takes a part with it.
        int termsOfFew = terms * few.Rows / blocks.Rows;
        Pairs = (few, new(few, values[..few.Rows], _fit?.Fitted[..few.Rows], termsOfFew));
        Linear = new EnergyTerm[groups];
        Quadratic = new EnergyTerm?[groups];
    }

    public OutputVariance Variance { get; }

    /// <summary>The rows of which pairs of draws are formed.</summary>
    public (RowBlocks Blocks, OutputVariance Variance) Pairs { get; }

    public EnergyTerm[] Linear { get; }

    /// <summary>Null of a group of which no products are formed.</summary>
    public EnergyTerm?[] Quadratic { get; }

    public Contributions Result(ContributionModel model, double confidence)
    {
        Contribution all = All(confidence);
        return new(
            model,
            [.. Enumerable.Range(0, _fit?.Shares.Count ?? 0).Select(input => OfInput(input, confidence))],
            [.. Enumerable.Range(0, Linear.Length).Select(group => OfGroup(group, confidence))],
            all,
            [(model, all)]
        );
    }

    private Contribution OfInput(int input, double confidence) =>
        _blocks.Contribution(
            _fit!.Shares[input],
            Variance.ErrorVariance([.. _fit.Without.Select(shares => shares[input])], _fit.TermsOfInput),
            confidence
        );

    // Linear and quadratic terms are uncorrelated; so nearly are their estimates.
    private Contribution OfGroup(int group, double confidence)
    {
        Contribution linear = Variance.Share([Linear[group]], confidence);
        return Quadratic[group] is { } pairs ? Sum(linear, OfPairs([pairs], confidence), confidence) : linear;
    }

    private Contribution OfPairs(EnergyTerm[] terms, double confidence) =>
        terms.Length == 0 ? default : Pairs.Variance.Share(terms, confidence);

    private Contribution Sum(Contribution first, Contribution second, double confidence) =>
        _blocks.Contribution(
            first.Share + second.Share,
            first.Error * first.Error + second.Error * second.Error,
            confidence
        );

    private Contribution All(double confidence)
    {
        double[] without = Variance.Without(Linear);
        if (_fit is not null)
            without = [.. without.Zip(_fit.Without, (groups, inputs) => groups + inputs.Sum())];
        Contribution pairs = OfPairs([.. Quadratic.OfType<EnergyTerm>()], confidence);
        return _blocks.Contribution(
            (_fit?.Shares.Sum() ?? 0) + Variance.Value(Linear) + pairs.Share,
            Variance.ErrorVariance(without, Linear.Sum(term => term.Functions) + (_fit?.Terms ?? 0))
                + pairs.Error * pairs.Error,
            confidence
        );
    }
}
