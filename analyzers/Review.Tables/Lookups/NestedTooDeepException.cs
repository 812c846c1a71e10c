namespace Review.Tables.Lookups;

/// <summary>C nests deeper than is followed. <see cref="CParser"/> turns it into something that is not understood.</summary>
internal sealed class NestedTooDeepException : Exception;
