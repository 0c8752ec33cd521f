"""What people do with their phones: the sandbox plays WeChat's own client."""

from dataclasses import replace
from urllib.parse import quote

from scripts.wechat_sandbox.oauth import with_query
from scripts.wechat_sandbox.people import App, Message, Template, User
from scripts.wechat_sandbox.push import PushSender, event
from scripts.wechat_sandbox.world import World

AT_ONCE = 5  # templates that one popup may ask for


class Unplayable(Exception):
    """The phone cannot do this; the text says why."""


class Player:
    """The users' hands."""

    def __init__(self, world: World, pushes: PushSender) -> None:
        self.world = world
        self.pushes = pushes

    def user(self, user_id: str) -> User:
        """A user by id."""
        user = self.world.users.get(user_id)
        if user is None:
            raise Unplayable(f"no user {user_id}")
        return user

    def template(self, template_id: str) -> Template:
        """A template by id."""
        template = self.world.templates.get(template_id)
        if template is None:
            raise Unplayable(f"no template {template_id}")
        return template

    def account(self, kind: str, appid: str = "") -> App:
        """An account by appid, or the first of its kind."""
        for app in self.world.apps.values():
            if app.kind == kind and (not appid or app.appid == appid):
                return app
        raise Unplayable(f"no {kind} account {appid}".strip())

    def answer_popup(self, user: User, answers: dict[str, str], *, times: int = 1) -> None:
        """The subscription popup: each accept pays for one message.

        Fires ``subscribe_msg_popup_event`` once per popup.
        """
        if not 0 < len(answers) <= AT_ONCE:
            raise Unplayable(f"a popup asks for 1 to {AT_ONCE} templates")
        templates = [self.template(template_id) for template_id in answers]
        if len({template.appid for template in templates}) > 1:
            raise Unplayable("a popup asks for templates of one account")
        app = self.world.apps[templates[0].appid]
        for _ in range(times):
            rows = []
            with self.world.lock:
                for template in templates:
                    word = answers[template.id]
                    if word == "accept":
                        user.accepts[template.id] = user.accepts.get(template.id, 0) + 1
                        if template.id in user.refused:
                            user.refused.remove(template.id)
                    rows.append(
                        {
                            "TemplateId": template.id,
                            "SubscribeStatusString": word,
                            "PopupScene": "0",
                        }
                    )
                self.world.keep(user)
            self._push(app, user, "subscribe_msg_popup_event", List=rows)

    def change_setting(self, user: User, template: Template, word: str) -> None:
        """The card's settings: "reject" ends the right to send, WeChat tells the account."""
        with self.world.lock:
            if word == "reject" and template.id not in user.refused:
                user.refused.append(template.id)
            if word == "accept" and template.id in user.refused:
                user.refused.remove(template.id)
            self.world.keep(user)
        if word == "reject":
            row = {"TemplateId": template.id, "SubscribeStatusString": "reject"}
            app = self.world.apps[template.appid]
            self._push(app, user, "subscribe_msg_change_event", List=row)

    def follow(self, user: User, app: App) -> None:
        """Follow a service account."""
        with self.world.lock:
            if app.appid not in user.follows:
                user.follows.append(app.appid)
                user.followed_at[app.appid] = int(self.world.clock.now())
            self.world.keep(user)
        self._push(app, user, "subscribe", EventKey="")

    def unfollow(self, user: User, app: App) -> None:
        """Stop following."""
        with self.world.lock:
            if app.appid in user.follows:
                user.follows.remove(app.appid)
            self.world.keep(user)
        self._push(app, user, "unsubscribe", EventKey="")

    def _push(self, app: App, user: User, name: str, **more: object) -> None:
        openid = self.world.openid_of(user, app.appid)
        self.pushes.post(app.appid, event(app, openid, name, self.world.clock.now(), **more))

    def messages(self, user: User) -> list[Message]:
        """A user's messages, oldest first."""
        with self.world.lock:
            return [one for one in self.world.messages.values() if one.user_id == user.id]

    def tap(self, message: Message) -> dict[str, str]:
        """Tap a message: the mini-program's page, the web address, and what the phone opens."""
        with self.world.lock:
            message.read = True
            message.tapped_at = self.world.clock.now()
            self.world.keep(message)
        return {"page": message.page, "url": message.url, "opens": self.opens(message)}

    def opens(self, message: Message) -> str:
        """The address a tap on a message opens; empty when it leads nowhere."""
        return self.login_address(message.page) if message.page else message.url

    def twin(self, page: str, *, scene: str = "") -> str:
        """The web twin of a mini-program's page: the path under /m/ on the product's site."""
        address = f"{self.world.public_url}/m/{page.lstrip('/')}"
        return with_query(address, scene=scene) if scene else address

    def login_address(self, page: str, *, scene: str = "") -> str:
        """Opens a page in "WeChat's browser", logged in as the phone's user by OAuth."""
        path = self.twin(page, scene=scene)[len(self.world.public_url) :]
        return f"{self.world.public_url}/api/login/oauth?next={quote(path, safe='')}"

    def change_account(self, app: App, changes: dict) -> App:
        """Change an account's settings (push URL, frozen secret, …)."""
        with self.world.lock:
            changed = replace(app, **changes)
            self.world.apps[app.appid] = changed
            self.world.keep(changed)
            return changed
