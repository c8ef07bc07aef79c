namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>Who the token belongs to; the mail address is left out on purpose.</summary>
internal sealed class UserDto
{
    public AccountDto? User { get; init; }

    internal sealed class AccountDto
    {
        public string? Id { get; init; }

        public string? Username { get; init; }
    }
}
