namespace YieldLab.Statistics.Sensitivity;

/// <summary>The split of some outputs by one model.</summary>
internal sealed class ContributionSplit
{
    private const int RowsAtOnce = 64;

    private readonly ContributionModel _model;
    private readonly IReadOnlyList<int> _groups;
    private readonly double _confidence;
    private readonly RowBlocks _blocks;
    private readonly OutputSplit[] _outputs;

    public ContributionSplit(
        ContributionModel model,
        IReadOnlyList<double[]> inputs,
        IReadOnlyList<int> groups,
        IReadOnlyList<double[]> outputs,
        double confidence
    )
    {
        (_model, _groups, _confidence) = (model, groups, confidence);
        _blocks = new(outputs[0].Length);
        _outputs =
        [
            .. outputs.Select(values => new OutputSplit(
                model,
                inputs,
                model == ContributionModel.Ranks ? NormalScores.Of(values) : values,
                _blocks,
                groups.Count
            )),
        ];
    }

    /// <summary>Reads the draws of all groups.</summary>
    public void Read(DrawSource draws, int threads) =>
        Parallel.For(
            0,
            _groups.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            group =>
            {
                ReadLinear(draws, group);
                if (
                    _model != ContributionModel.Linear
                    && _groups[group] <= Contributions.MostDrawsOfPairs(_blocks.Rows)
                )
                    ReadPairs(draws, group);
            }
        );

    /// <summary>What an output's variance comes from.</summary>
    public Contributions Result(int output) => _outputs[output].Result(_model, _confidence);

    private void ReadLinear(DrawSource draws, int group)
    {
        DrawEnergy[] energies =
        [
            .. _outputs.Select(output => new DrawEnergy(_blocks, output.Variance.Centred, _groups[group])),
        ];
        for (int first = 0; first < _blocks.Rows; first += RowsAtOnce)
        {
            double[][] rows = draws(group, first, Math.Min(RowsAtOnce, _blocks.Rows - first));
            for (int row = 0; row < rows.Length; row++)
                foreach (DrawEnergy energy in energies)
                    energy.Add(first + row, rows[row]);
        }
        for (int i = 0; i < energies.Length; i++)
            _outputs[i].Linear[group] = energies[i].Term(_outputs[i].Variance);
    }

    private void ReadPairs(DrawSource draws, int group)
    {
        int rows = _outputs[0].Pairs.Blocks.Rows;
        EnergyTerm[] terms = PairEnergy.Terms(
            draws(group, 0, rows),
            [.. _outputs.Select(output => output.Pairs.Variance)],
            _outputs[0].Pairs.Blocks
        );
        for (int i = 0; i < terms.Length; i++)
            _outputs[i].Quadratic[group] = terms[i];
    }
}
