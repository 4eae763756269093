namespace YieldLab.Statistics.Sensitivity;

/// <summary>The split of some outputs by one model.</summary>
internal sealed class ContributionSplit
{
    private const int RowsAtOnce = 64;

    private readonly ContributionModel _model;
    private readonly IReadOnlyList<int> _groups;
    private readonly double _confidence;
    private readonly RowBlocks _blocks;
    private readonly Output[] _outputs;

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
            .. outputs.Select(values => new Output(
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

    private sealed class Output
    {
        private readonly RowBlocks _blocks;
        private readonly SharedInputs? _fit;

        public Output(
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
            Pairs = (few, new(few, values[..few.Rows], _fit?.Fitted[..few.Rows], terms));
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
}
