using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Walk;

/// <summary>What a path has asked of a VMA since it was looked up.</summary>
[Flags]
internal enum Asked
{
    None = 0,

    /// <summary>Whether there is one.</summary>
    Null = 1,

    /// <summary>Whether it begins after the address.</summary>
    Start = 2,

    /// <summary>Where it ends.</summary>
    End = 4,

    /// <summary>Whether anything is left between the bounds.</summary>
    Length = 8,

    /// <summary>What its flags are.</summary>
    Flags = 16,
}

/// <summary>A VMA that was looked up on a path.</summary>
/// <param name="Lookup">The call.</param>
/// <param name="Address">The address that was looked up; null if nothing holds it any more.</param>
/// <param name="Asked">What has been asked since.</param>
/// <param name="Wanted">The questions that the VMA before the drop had to answer and this one has not been asked yet, by name.</param>
internal sealed record FoundVma(CallExpression Lookup, Value? Address, Asked Asked, EquatableMap<string, Node> Wanted)
{
    public bool Has(Asked question) => (Asked & question) == question;

    public FoundVma With(Asked question) => this with { Asked = Asked | question };
}

/// <summary>Where a path stands.</summary>
/// <param name="Drop">The call that dropped mmap_lock last, or null.</param>
/// <param name="Guards">The questions whose answer let the path go on, by name, with the place where each was asked first.</param>
/// <param name="Found">The VMAs that were looked up.</param>
/// <param name="Nothing">The lookup that the path knows to have found nothing, or null.</param>
internal sealed record RevalidationState(CallExpression? Drop, EquatableMap<string, Node> Guards, EquatableMap<Value, FoundVma> Found, CallExpression? Nothing)
{
    public static readonly RevalidationState Initial = new(null, EquatableMap<string, Node>.Empty, EquatableMap<Value, FoundVma>.Empty, null);

    /// <summary>True if nothing is left to be asked of a VMA. What the drop made necessary no other drop makes: that takes the VMA away.</summary>
    public bool IsDone(FoundVma found) => found.Has(Asked.Null | Asked.Start) && (Drop is null || (found.Has(Asked.End) && found.Wanted.Count == 0));

    /// <summary>Notes that the answer to a question let the path go on.</summary>
    public RevalidationState Guarded(string question, Node at) => Guards.Contains(question) ? this : this with { Guards = Guards.With(question, at) };

    /// <summary>Notes that a question was asked of a VMA, if it is one that was looked up.</summary>
    public RevalidationState Note(Value vma, Asked question) =>
        Found[vma] is { } found && !found.Has(question) ? this with { Found = Found.With(vma, found.With(question)) } : this;

    /// <summary>Notes that questions which the VMA before the drop had to answer were put to this one.</summary>
    public RevalidationState Answer(Value vma, Func<string, bool> isAnswered) =>
        Found[vma] is { Wanted.Count: > 0 } found ? this with { Found = Found.With(vma, found with { Wanted = found.Wanted.Where(name => !isAnswered(name)) }) } : this;
}
