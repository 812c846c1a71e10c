namespace Review.Core.Dependencies;

/// <summary>
/// Part of a fact that takes no part in the fact's content: it is the same for all versions of a file, or whoever asks it something has the answer noted.
/// </summary>
public interface INoted;
