namespace YieldLab.Statistics.Estimation;

/// <summary>Dies that fail the same specifications.</summary>
/// <param name="Specs">Which, by number, ascending; none for dies that pass all.</param>
/// <param name="Dies">How many.</param>
public sealed record FailurePattern(IReadOnlyList<int> Specs, long Dies);

/// <summary>
/// Which specifications fail together. The counts are plain; of the <see cref="Failed"/> dies that fail one specification,
/// those that fail another as well are binomial, so any interval of a proportion serves for "of those that fail A, how many
/// fail B": given which dies fail A, they are independent.
/// </summary>
public sealed class JointFailures
{
    private JointFailures(int dies, IReadOnlyList<FailurePattern> patterns) => (Dies, Patterns) = (dies, patterns);

    /// <summary>Dies in all.</summary>
    public long Dies { get; }

    /// <summary>Every combination that occurs, the most frequent first, then in the order of the specifications.</summary>
    public IReadOnlyList<FailurePattern> Patterns { get; }

    /// <summary>The combinations of some dies.</summary>
    /// <param name="passed">[specification][die]: whether the die meets it.</param>
    public static JointFailures Of(IReadOnlyList<bool[]> passed)
    {
        int dies = passed.Count == 0 ? 0 : passed[0].Length;
        if (passed.Any(spec => spec.Length != dies))
            throw new ArgumentException("Every specification is of the same dies.", nameof(passed));
        // Dies that agree so far have the same number; each specification divides them anew.
        var groups = new int[dies];
        List<int[]> failing =
        [
            [],
        ];
        for (int spec = 0; spec < passed.Count; spec++)
            Divide(groups, failing, passed[spec], spec);
        return new(
            dies,
            [
                .. groups
                    .CountBy(group => group)
                    .Select(count => new FailurePattern(failing[count.Key], count.Value))
                    .OrderByDescending(pattern => pattern.Dies)
                    .ThenBy(pattern => string.Concat(pattern.Specs.Select(spec => (char)spec)), StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>Dies that fail a specification.</summary>
    public long Failed(int spec) => Count(pattern => pattern.Specs.Contains(spec));

    /// <summary>Dies that fail both of two specifications.</summary>
    public long Both(int spec, int other) =>
        Count(pattern => pattern.Specs.Contains(spec) && pattern.Specs.Contains(other));

    /// <summary>Dies that fail this specification and no other: what it alone loses.</summary>
    public long Alone(int spec) => Count(pattern => pattern.Specs is [var only] && only == spec);

    private long Count(Func<FailurePattern, bool> which) => Patterns.Where(which).Sum(pattern => pattern.Dies);

    private static void Divide(int[] groups, List<int[]> failing, bool[] passed, int spec)
    {
        var failed = new Dictionary<int, int>();
        for (int die = 0; die < groups.Length; die++)
        {
            if (passed[die])
                continue;
            if (!failed.TryGetValue(groups[die], out int group))
            {
                group = failing.Count;
                failed.Add(groups[die], group);
                failing.Add([.. failing[groups[die]], spec]);
            }
            groups[die] = group;
        }
    }
}
