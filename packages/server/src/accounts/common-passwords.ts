/** Passwords of eight characters and more that every guessing list starts with, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  123456789a 123456abc 1234567a 12345678a 12345qwert 123abc123 123qweasd 1234qwer 12341234 123123123 11223344
  112233445566 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 147258369 159357456 159753456 987654321a a123456789
  a1234567 a12345678 aa123456 aa12345678 abc123456 abc12345 abcd1234 abcd123456 abcdefg1 access14 admin123 admin1234
  admin12345 admin123456 administrator adminadmin admin@123 alexander asdf1234 asdfasdf asdfghjkl1 asd123456 babygirl
  baseball baseball1 basketball benjamin blink182 butterfly carolina changeme changeme1 changeme123 charlie1 charlotte
  chelsea1 chocolate christian christopher computer computer1 consumer corvette cristina daniel123 danielle december
  default1 dragon123 dragonball elephant elizabeth everyone facebook fernando firebird football football1 forever1
  freedom1 friends1 gabriela gateway1 godzilla guest123 hallo123 harrypotter hello123 hello1234 hellohello helloworld
  iloveyou iloveyou1 iloveyou2 internet isabella jennifer jessica1 jonathan jordan23 justin123 kristina letmein1
  letmein123 liverpool liverpool1 login123 love1234 lovelove manchester marlboro marshall master123 maverick mercedes
  michael1 michelle midnight minecraft monkey123 mustang1 mypassword naruto123 nicholas november october1 p@55w0rd
  p@ssw0rd p@ssword p@ssword1 pa$$w0rd pa$$word pass1234 pass12345 passpass passw0rd passw0rd1 password password!
  password01 password1 password11 password12 password123 password1234 password12345 password2 password3 patricia
  pokemon1 pokemon123 princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsx123 qazwsxedc qq123456 qwe123456 qweasdzxc qweqweqwe
  qwer1234 qwert123 qwert12345 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui1 rockyou1 root1234
  samantha sayangku scooter1 secret123 september shadow123 snowball spiderman starwars starwars1 steelers summer2024
  summer2025 sunshine sunshine1 superman superman1 superstar target123 test1234 test12345 testtest thunder1 trustno1
  user1234 valentina veronica victoria welcome1 welcome12 welcome123 welcome1234 westside whatever whatever1 william1
  winter2024 winter2025 woaini123 woaini520 woaini1314 wordpass x4ivygia x4ivyga51f xiaoming yankees1 zaq12wsx zxc123456
  zxcvbnm1 zxcvbnm123 5201314a a5201314 521521521 52013145 20202020 10203040 1029384756 1234567891 12345678910
  147852369 789456123 741852963 963852741 321321321 456456456 121212121 12121212 13131313 69696969 87654321a
  `
    .trim()
    .split(/\s+/),
);
