using Review.Model.Advice;
using Review.Model.Eras;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Cli.Tables;

/// <summary>Compares the cells of a table with what the executable model does, for the model's kernel that is most like it.</summary>
internal static class ModelComparison
{
    private const string Ksm = "CONFIG_KSM";
    private const string HugePages = "CONFIG_TRANSPARENT_HUGEPAGE";
    private const string MemoryFailure = "CONFIG_MEMORY_FAILURE";

    /// <summary>Columns that the model answers too, by their names.</summary>
    private static readonly Dictionary<string, Func<AdviceInfo, KernelEra, bool>> Answers = new(StringComparer.Ordinal)
    {
        ["process_madvise"] = static (advice, era) => advice.IsRemote(era),
        ["tlb_batching"] = static (advice, _) => advice.Has(AdviceTraits.BatchesTlb),
        ["discard"] = static (advice, _) => advice.Has(AdviceTraits.Discards),
        ["is_discard"] = static (advice, _) => advice.Has(AdviceTraits.Discards),
        ["changes_flags"] = static (advice, _) => advice.Has(AdviceTraits.ChangesFlags),
        ["populate"] = static (advice, _) => advice.Has(AdviceTraits.Populates),
        ["is_madvise_populate"] = static (advice, _) => advice.Has(AdviceTraits.Populates),
        ["announce"] = static (advice, _) => advice.Has(AdviceTraits.SendsRemove),
    };

    /// <summary>The model's kernel that agrees in most cells, the cells that do not, and how many were compared.</summary>
    public static (KernelEra Era, IReadOnlyList<string> Differing, int Count) Compare(BehaviorTable table)
    {
        var results = KernelEra.All.Reverse().Select(era => (Era: era, Result: Compare(table, era))).ToList();
        var (best, (differing, count)) = results.MinBy(static pair => pair.Result.Differing.Count);
        return (best, differing, count);
    }

    private static (List<string> Differing, int Count) Compare(BehaviorTable table, KernelEra era)
    {
        var differing = new List<string>();
        var count = 0;
        foreach (var on in EquivalenceProof.Sets([Ksm, HugePages, MemoryFailure]))
        {
            // Options that the model does not have are on.
            var options = on.Concat(table.Options.Where(static option => option is not (Ksm or HugePages or MemoryFailure))).ToHashSet(StringComparer.Ordinal);
            var build = new KernelBuild { HasKsm = on.Contains(Ksm), HasThp = on.Contains(HugePages), HasMemoryFailure = on.Contains(MemoryFailure) };
            foreach (var value in table.Rows.Select(static row => row.Value).Union(AdviceTable.All.Select(static row => row.Value)).Order())
            {
                var advice = AdviceTable.All.FirstOrDefault(row => row.Value == value && row.IsKnown(era, build));
                foreach (var column in table.Columns)
                {
                    var said = table.Answer(column, value, options);

                    // What the model does not let in, it does not do anything with.
                    if (Expected(column, advice, era) is { } expected && (column.Name == "valid" || advice is not null))
                    {
                        count++;
                        if (said != expected)
                        {
                            differing.Add($"{table.Rows.FirstOrDefault(row => row.Value == value)?.Name ?? AdviceTable.NameOf(value)} ({value}), {column.Name}: {said} in the table, {expected} in the model of {era.Name}");
                        }
                    }
                }
            }
        }

        return ([.. differing.Distinct(StringComparer.Ordinal)], count);
    }

    private static string? Expected(TableColumn column, AdviceInfo? advice, KernelEra era) => column.Name switch
    {
        "valid" => advice is not null ? "yes" : "no",
        "lock" when advice is not null => LockOf(column, advice.Lock, era),
        _ when advice is not null && Answers.TryGetValue(column.Name, out var answer) => answer(advice, era) ? "yes" : "no",
        _ => null,
    };

    /// <summary>Kernels before the locks of VMAs read-lock the address space instead; before there was a word for it, taking no lock was decided elsewhere.</summary>
    private static string? LockOf(TableColumn column, AdviceLock taken, KernelEra era)
    {
        var words = taken switch
        {
            AdviceLock.MmapWrite => new[] { "write", "mmap_write" },
            AdviceLock.VmaRead when era.ZapUnderVmaLock => ["vma_read"],
            AdviceLock.MmapRead or AdviceLock.VmaRead => ["read", "mmap_read"],
            _ => ["none", "no"],
        };
        return words.FirstOrDefault(column.Words.Contains);
    }
}
