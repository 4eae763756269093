using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>Makes whole what earlier runs left of a point: the rows in journals of killed runs go into their parts, and parts
/// that were torn or altered are taken away.</summary>
public static class Recovery
{
    /// <summary>Looks at every part of a point; the folder is taken.</summary>
    /// <param name="store">The point's parts.</param>
    /// <param name="found">Called with what is stored of each part, in order.</param>
    /// <param name="rule">The rule under which the journals were written. They have dies in the order in which threads
    /// finished them: those beyond the end, or beyond a die that is not there, are left out as they are when a run ends.
    /// </param>
    /// <returns>Names of the parts that were not as they had been written.</returns>
    /// <exception cref="IOException">A part that was in a journal cannot be written, or the checksums are gone.</exception>
    public static IReadOnlyList<string> Of(PartStore store, Action<StoredPart> found, StopRule? rule = null)
    {
        store.RefuseWithoutChecksums();
        var altered = new List<string>();
        var journals = store.Journals.ToHashSet();
        StopWatcher? watcher = rule is null ? null : new(rule);
        foreach (long number in store.Numbers.Union(journals).Order().ToList())
        {
            StoredPart? part = store.Read(number);
            if (part is null && store.Has(number))
            {
                altered.Add(store.NameOf(number));
                store.Delete(number);
            }
            if (journals.Contains(number))
            {
                Settle(store, number, watcher);
                part = store.Read(number);
            }
            else if (part is not null)
                watcher?.Add(part);
            if (part is not null)
                found(part);
        }
        return altered;
    }

    private static void Settle(PartStore store, long number, StopWatcher? watcher)
    {
        PartRows part = store.Load(number, store.Layout.DiesPerPart);
        int[] stored = part.Rows;
        store.Replay(part);
        if (watcher is not null)
        {
            watcher.Add(part.Stored);
            foreach (int row in part.Rows.Except(stored).Where(row => part.FirstDie + row >= watcher.Reach))
                part.Unmark(row);
        }
        if (part.Rows.Length > 0)
            store.Write(part);
        store.JournalOf(number).Delete();
    }
}
