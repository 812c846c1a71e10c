namespace Review.Patches.Mail;

/// <summary>Address of a person: what stands between the brackets, and the name.</summary>
/// <param name="Name">The display name; may be empty.</param>
/// <param name="Address">The address; empty where only a name is known.</param>
public sealed record Mailbox(string Name, string Address)
{
    /// <summary>Name and address as people read them; the address alone where there is no name.</summary>
    public override string ToString() => Name.Length == 0 ? Address : Address.Length == 0 ? Name : $"{Name} <{Address}>";
}
