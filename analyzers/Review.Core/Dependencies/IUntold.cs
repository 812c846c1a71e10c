namespace Review.Core.Dependencies;

/// <summary>A fact of whose content no account is kept, since that would take longer than to ask it again: whoever has asked it runs again for every version.</summary>
public interface IUntold;
