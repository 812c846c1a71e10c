using Review.Core.Engine;

namespace Review.Core.Dependencies;

/// <summary>
/// Something that a run has read outside of the function it is about, with the answer that it got. Reads with the same question and answer are equal.
/// </summary>
public abstract record Read
{
    private long heldIn;
    private long brokenIn;

    /// <summary>Makes a copy that has not been asked yet.</summary>
    protected Read(Read original)
    {
    }

    /// <summary>Reads are equal by what they say.</summary>
    public virtual bool Equals(Read? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>True if another version of the file gives the same answer.</summary>
    /// <param name="now">The other version.</param>
    public abstract bool HoldsIn(UnitFacts now);

    /// <summary>The same, found out once for each version: runs have most of what they have read in common.</summary>
    /// <param name="now">The other version.</param>
    /// <param name="version">A number that only this version has, not 0.</param>
    internal bool HoldsIn(UnitFacts now, long version)
    {
        if (Volatile.Read(ref heldIn) == version)
        {
            return true;
        }

        if (Volatile.Read(ref brokenIn) == version)
        {
            return false;
        }

        var holds = HoldsIn(now);
        Volatile.Write(ref holds ? ref heldIn : ref brokenIn, version);
        return holds;
    }
}

/// <summary>The tree of a function, or the text that it is made of.</summary>
/// <param name="Revision">The tree's <see cref="Syntax.FunctionDefinition.Revision"/>.</param>
internal sealed record TreeRead(long Revision) : Read
{
    public override bool HoldsIn(UnitFacts now) => now.Unit.Has(Revision);
}

/// <summary>Which functions the file or its headers have, by name and in order; nothing of what is in them.</summary>
/// <param name="Names">The names, one a line.</param>
/// <param name="IsOfHeaders">True for those of headers.</param>
internal sealed record FunctionListRead(string Names, bool IsOfHeaders) : Read
{
    public override bool HoldsIn(UnitFacts now) => now.NamesOf(IsOfHeaders) == Names;
}

/// <summary>Where the function that a name means is defined; nothing of what is in it.</summary>
/// <param name="Name">The name.</param>
/// <param name="InHeaders">True if headers count.</param>
/// <param name="Header">The header that defines it; empty for the file, null if nobody does.</param>
internal sealed record NameRead(string Name, bool InHeaders, string? Header) : Read
{
    public override bool HoldsIn(UnitFacts now) => now.Unit.Named(Name, InHeaders) is var found && (found is null ? null : found.Header ?? "") == Header;
}

/// <summary>The content of a fact about the file as a whole.</summary>
/// <param name="Fact">The class of the fact.</param>
/// <param name="Content">What <see cref="FactContent"/> says of it; null if that cannot be said.</param>
/// <param name="Compute">Makes it for another version.</param>
internal sealed record FactRead(Type Fact, string? Content, Func<UnitFacts, object> Compute) : Read
{
    public override bool HoldsIn(UnitFacts now) => Content is not null && now.ContentOf(Fact, Compute) == Content;

    public bool Equals(FactRead? other) => other is not null && Fact == other.Fact && Content == other.Content;

    public override int GetHashCode() => Fact.GetHashCode();
}

/// <summary>Something of which no account is kept, such as the text of the file as a whole: it is never the same again.</summary>
internal sealed record UntoldRead : Read
{
    public static UntoldRead Instance { get; } = new();

    public override bool HoldsIn(UnitFacts now) => false;
}
