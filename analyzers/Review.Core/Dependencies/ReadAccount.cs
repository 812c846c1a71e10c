using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Dependencies;

/// <summary>
/// What one run, of a rule on a function or of the inference of a function's facts, has read outside of that function. Nobody has to tell: the trees, the lists of a
/// translation unit, its text and the facts about it note by themselves when they are read, in the account that the thread keeps at the time. If all that was noted is
/// so in the next version of the file, and the function is the same, the run would give what it gave before.
/// </summary>
public sealed class ReadAccount
{
    [ThreadStatic]
    private static ReadAccount? current;

    /// <summary>What was noted; null for an account that nobody is going to look at.</summary>
    private readonly HashSet<Read>? reads;
    private readonly TranslationUnit unit;
    private readonly FunctionDefinition? own;
    private readonly long ownRevision;
    private TextSpan? ownLines;
    private ReadAccount? shown;

    /// <param name="unit">The file.</param>
    /// <param name="own">The function that the run is about, which is not noted; null for a run about the file.</param>
    public ReadAccount(TranslationUnit unit, FunctionDefinition? own)
    {
        (this.unit, this.own, ownRevision) = (unit, own, own?.Revision ?? 0);
        reads = [];
    }

    private ReadAccount(TranslationUnit unit) => this.unit = unit;

    /// <summary>True if the thread keeps an account at the moment. If it does not, nothing has to be noted, and what would be noted need not be found out.</summary>
    public static bool IsKept => current is not null;

    /// <summary>The file that the thread keeps an account of; null if it keeps none.</summary>
    internal static TranslationUnit? Unit => current?.Of;

    /// <summary>What was noted; to be looked at when the run is over.</summary>
    public IReadOnlyCollection<Read> Reads => reads is null ? [] : reads;

    private TranslationUnit Of => unit;

    /// <summary>Does something and notes what it reads here, and not in the account kept before.</summary>
    public T Keep<T>(Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return In(this, run);
    }

    /// <summary>Does something without noting what it reads: the answer as a whole is going to be noted.</summary>
    public static T Apart<T>(Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return current is null or { reads: null } ? run() : (current.shown ??= ForShow(current.Of)).Keep(run);
    }

    /// <summary>An account whose content nobody is going to look at, as a part of an analysis that keeps accounts, whether one is kept at the moment or not: what is found out on the way is found out for all of them. Any thread may keep it.</summary>
    internal static ReadAccount ForShow(TranslationUnit unit) => new(unit);

    /// <summary>Notes a read, if an account is kept.</summary>
    public static void Note(Read read) => _ = current?.reads?.Add(read);

    /// <summary>Notes reads, if an account is kept.</summary>
    public static void Note(IEnumerable<Read> read) => current?.reads?.UnionWith(read);

    /// <summary>Notes that something was read of which no account is kept.</summary>
    public static void NoteUntold() => Note(UntoldRead.Instance);

    internal static void NoteTree(long revision)
    {
        if (current is { reads: { } reads } account && account.ownRevision != revision)
        {
            _ = reads.Add(new TreeRead(revision));
        }
    }

    internal static void NoteList(TranslationUnit of, bool isOfHeaders)
    {
        if (current is { reads: { } reads } account)
        {
            _ = reads.Add(ReferenceEquals(of, account.Of) ? of.ListRead(isOfHeaders) : UntoldRead.Instance);
        }
    }

    /// <summary>Notes that a half-open range of bytes was read. What stands outside of functions is the same in all versions that are compared.</summary>
    internal static void NoteText(SourceText text, int start, int end)
    {
        if (current is { reads: { } reads } account && ReferenceEquals(text, account.Of.Text) && !account.OwnLines.Contains(new TextSpan(start, end)))
        {
            account.NoteOthersText(reads, start, end);
        }
    }

    /// <summary>The lines that the function stands on, as far as they are its own; nothing for a run about the file.</summary>
    private TextSpan OwnLines => ownLines ??= own is null || own.Header is not null ? new TextSpan(-1, -1) : unit.OwnLinesOf(own);

    private void NoteOthersText(HashSet<Read> reads, int start, int end)
    {
        if (unit.IsInProblem(start, end))
        {
            _ = reads.Add(UntoldRead.Instance);
        }

        foreach (var revision in unit.RevisionsIn(start, end))
        {
            if (revision != ownRevision)
            {
                _ = reads.Add(new TreeRead(revision));
            }
        }
    }

    private static T In<T>(ReadAccount? account, Func<T> run)
    {
        var before = current;
        current = account;
        try
        {
            return run();
        }
        finally
        {
            current = before;
        }
    }
}
