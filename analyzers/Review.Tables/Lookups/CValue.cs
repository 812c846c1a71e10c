namespace Review.Tables.Lookups;

/// <summary>What an expression is for one advice.</summary>
internal abstract record CValue
{
    /// <summary>True, false, or null if that cannot be told.</summary>
    public virtual bool? Truth => null;
}

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
/// <param name="IsUnsigned">True if comparisons with it are unsigned, 64 bits wide.</param>
/// <param name="IsAdvice">True for the advice itself: it may be compared and used as an index, and nothing is concluded from anything else.</param>
internal sealed record CInteger(long Number, bool IsUnsigned = false, bool IsAdvice = false) : CValue
{
    public override bool? Truth => Number != 0;
}

/// <summary>A constant known by its name, such as an enumerator or an error code.</summary>
internal sealed record CSymbol(string Name, long? Number) : CValue
{
    public override bool? Truth => Number is { } number ? number != 0 : Name.StartsWith('-') ? true : null;
}

/// <summary>A structure, or the address of one.</summary>
internal sealed record CRecord(CList List) : CValue
{
    public override bool? Truth => true;
}

/// <summary>An array at file level.</summary>
internal sealed record CArray(CVariable Variable) : CValue;

/// <summary>Something that leads to the advice: its address, or a structure with the advice as a member.</summary>
internal sealed record CHolder : CValue;

/// <summary>What C does not define: an element that an array does not have.</summary>
internal sealed record CUndefined(string Array) : CValue;

/// <summary>Something that depends on more than the advice, or is not understood.</summary>
internal sealed record CUnknown : CValue
{
    public static CUnknown Instance { get; } = new();
}
