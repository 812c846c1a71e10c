namespace Review.Bot.Store;

/// <summary>A claim on a job for some time. Whoever claims says until when; after that the job is anybody's again.</summary>
/// <param name="Owner">Who claims: unlike anybody else who ever did.</param>
/// <param name="Now">The time of the claim.</param>
/// <param name="Until">When it ends.</param>
public sealed record Lease(string Owner, DateTimeOffset Now, DateTimeOffset Until);
