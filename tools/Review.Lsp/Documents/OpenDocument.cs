namespace Review.Lsp.Documents;

/// <summary>A document as its client has it at one moment.</summary>
/// <param name="Uri">As the client wrote it.</param>
/// <param name="File">Absolute path; null for what is no file.</param>
/// <param name="Version">The client's number.</param>
/// <param name="Text">The text.</param>
public sealed record OpenDocument(string Uri, string? File, int Version, TextDocument Text);
