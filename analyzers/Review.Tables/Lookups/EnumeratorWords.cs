namespace Review.Tables.Lookups;

/// <summary>The enumerators that a decision answers with, as words: <c>MADVISE_MMAP_READ_LOCK</c> and <c>MADVISE_NO_LOCK</c> are mmap_read and no.</summary>
internal static class EnumeratorWords
{
    /// <summary>The enumerators without what they all begin and end with, in lower case.</summary>
    public static List<string> Of(IReadOnlyList<string> enumerators)
    {
        var parts = enumerators.Select(static word => word.Split('_')).ToList();
        var least = parts.Min(static part => part.Length) - 1;
        var start = Enumerable.Range(0, least).TakeWhile(i => parts.TrueForAll(part => part[i] == parts[0][i])).Count();
        var end = Enumerable.Range(1, Math.Max(0, least - start)).TakeWhile(i => parts.TrueForAll(part => part[^i] == parts[0][^i])).Count();
        return parts.ConvertAll(part => string.Join('_', part[start..^end]).ToLowerInvariant());
    }
}
